/** Strings (with the colon that makes one a key) and braces: all that matters for finding keys in valid JSON. */
const keyOrBrace = /"(?:[^"\\]+|\\.)*"(\s*:)?|[{}]/g;

/** Whether valid JSON names a key twice in one object: which one is meant is nobody's to guess. */
export function hasRepeatedKey(validJson: string): boolean {
  const keysOfOpenObjects: Set<unknown>[] = [];
  for (const [found, colon] of validJson.matchAll(keyOrBrace)) {
    if (found === '{') keysOfOpenObjects.push(new Set());
    else if (found === '}') keysOfOpenObjects.pop();
    else if (colon !== undefined) {
      const key: unknown = JSON.parse(found.slice(0, -colon.length));
      const keys = keysOfOpenObjects.at(-1);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
