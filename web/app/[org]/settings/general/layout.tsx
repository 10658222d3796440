import { Section, type SectionProps } from '../../../../components/settings/section.tsx';

export default function GeneralLayout(props: SectionProps) {
  return <Section {...props} permission="organization.read" />;
}
