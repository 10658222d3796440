import { SettingsLoading } from '../../../../components/settings/settings-loading.tsx';

export default function GeneralLoading() {
  return <SettingsLoading />;
}
