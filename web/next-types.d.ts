// What the generated `next-env.d.ts` says, so that types can be checked before the first build.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
