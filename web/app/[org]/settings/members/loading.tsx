import { SettingsLoading } from '../../../../components/settings/settings-loading.tsx';

export default function MembersLoading() {
  return <SettingsLoading />;
}
