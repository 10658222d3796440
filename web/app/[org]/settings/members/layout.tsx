import { Section, type SectionProps } from '../../../../components/settings/section.tsx';

export default function MembersLayout(props: SectionProps) {
  return <Section {...props} permission="members.read" />;
}
