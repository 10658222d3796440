import { Section, type SectionProps } from '../../../../components/settings/section.tsx';

export default function PlanLayout(props: SectionProps) {
  return <Section {...props} permission="organization.read" />;
}
