import { Section, type SectionProps } from '../../../../components/settings/section.tsx';

export default function IntegrationsLayout(props: SectionProps) {
  return <Section {...props} permission="integrations.manage" />;
}
