-- Rotation unwraps a data key with the place it is bound to, of which the kind is a part. It still sees no ciphertext.

grant select (kind) on public.integrations to devsphere_system;
