import { SettingsLoading } from '../../../../components/settings/settings-loading.tsx';

export default function PlanLoading() {
  return <SettingsLoading />;
}
