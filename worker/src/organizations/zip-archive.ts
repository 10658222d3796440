import { Zip, ZipDeflate } from 'fflate';

/** The storage takes no larger file. */
export const maximumArchiveBytes = 50 * 1024 * 1024;

/** Grew beyond what the storage takes. */
export class ArchiveTooLarge extends Error {}

/** A zip being written in memory, file after file; throws `ArchiveTooLarge` as soon as it is one. */
export class ZipArchive {
  readonly #chunks: Uint8Array[] = [];
  readonly #zip: Zip;
  #bytes = 0;
  #failure: Error | null = null;

  constructor() {
    this.#zip = new Zip((error, chunk) => {
      if (error) this.#failure ??= error;
      else this.#chunks.push(chunk);
      this.#bytes += chunk?.length ?? 0;
    });
  }

  /** Begins a file; what is written to it comes before the next one begins. */
  file(name: string): { write: (text: string) => void; end: () => void } {
    const entry = new ZipDeflate(name, { level: 6 });
    this.#zip.add(entry);
    const push = (text: string, isLast: boolean) => {
      entry.push(Buffer.from(text), isLast);
      if (this.#failure) throw this.#failure;
      if (this.#bytes > maximumArchiveBytes) throw new ArchiveTooLarge();
    };
    return { write: (text) => push(text, false), end: () => push('', true) };
  }

  end(): Uint8Array<ArrayBuffer> {
    this.#zip.end();
    if (this.#failure) throw this.#failure;
    return new Uint8Array(Buffer.concat(this.#chunks));
  }
}
