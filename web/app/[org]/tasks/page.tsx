export default async function P() { return <p>tasks</p>; }
