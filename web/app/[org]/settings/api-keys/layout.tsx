import { Section, type SectionProps } from '../../../../components/settings/section.tsx';

export default function ApiKeysLayout(props: SectionProps) {
  return <Section {...props} permission="api_keys.manage" />;
}
