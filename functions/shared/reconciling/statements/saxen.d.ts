/** The little that we use of the XML reader, which ships no types. */
declare module 'saxen' {
  export class Parser {
    on(
      event: 'openTag',
      handle: (
        name: string,
        readAttributes: () => Readonly<Record<string, string>>,
        decode: (text: string) => string,
      ) => void,
    ): this;
    on(event: 'closeTag', handle: (name: string) => void): this;
    on(event: 'text', handle: (text: string, decode: (text: string) => string) => void): this;
    on(event: 'cdata', handle: (text: string) => void): this;
    /** `<!DOCTYPE …>` and the like. */
    on(event: 'attention', handle: () => void): this;
    on(event: 'error' | 'warn', handle: (error: Error) => void): this;
    /** Takes the next piece; an unfinished token waits for the next one. */
    write(xml: string): this;
    end(): void;
  }
}
