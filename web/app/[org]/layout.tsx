import { Shell } from '../../components/shell.tsx';
import { loadShell } from '../../lib/server/organization.ts';

export default async function OrganizationLayout({ children, params }: LayoutProps<'/[org]'>) {
  return <Shell shell={await loadShell((await params).org)}>{children}</Shell>;
}
