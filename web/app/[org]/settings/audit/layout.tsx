import { Section, type SectionProps } from '../../../../components/settings/section.tsx';

export default function AuditLayout(props: SectionProps) {
  return <Section {...props} permission="audit.read" />;
}
