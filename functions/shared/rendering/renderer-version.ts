/**
 * Stands in the frozen content of every receipt. Any change that moves a byte of an old receipt needs a new version,
 * and the renderer of this one kept beside the new one (`renderer-editions.ts`). Version 1 printed pages without
 * signatures and is gone: ADR 0017. By itself, so that who freezes content need not load the renderer.
 */
export const RENDERER_VERSION = '3';
