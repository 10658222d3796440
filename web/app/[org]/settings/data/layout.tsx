import { Section, type SectionProps } from '../../../../components/settings/section.tsx';

export default function DataLayout(props: SectionProps) {
  return <Section {...props} permission="organization.delete" />;
}
