import { redirect } from 'next/navigation';
import { homePath } from '../lib/server/home-path.ts';
import { requirePerson } from '../lib/server/person.ts';

export default async function HomePage() {
  redirect(await homePath(await requirePerson()));
}
