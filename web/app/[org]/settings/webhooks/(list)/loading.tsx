import { SettingsLoading } from '../../../../../components/settings/settings-loading.tsx';

export default function WebhooksLoading() {
  return <SettingsLoading />;
}
