import { ProblemPage } from '../../components/problem-page.tsx';

export default function OrganizationNotFound() {
  return (
    <ProblemPage
      title="Not found"
      text="There is no such page in this organisation, or it was removed."
    />
  );
}
