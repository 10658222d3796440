import { ProblemPage } from '../components/problem-page.tsx';

export default function NotFound() {
  return (
    <main>
      <ProblemPage
        title="Not found"
        text="There is nothing at this address, or it belongs to an organisation you are not in."
      />
    </main>
  );
}
