import { Section, type SectionProps } from '../../../../../components/settings/section.tsx';

export default function WebhooksLayout(props: SectionProps) {
  return <Section {...props} permission="webhooks.manage" />;
}
