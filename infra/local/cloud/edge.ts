import type { ReceivedRequest } from './api-gateway-event.ts';

const viewerHeader = 'x-viewer-address';
const secretHeader = 'x-origin-secret';

/**
 * What CloudFront does on the way: it writes the caller's address and the origin's secret over whatever the caller
 * put under these names (infra/constructs/public-edge.ts).
 */
export function passEdge(request: ReceivedRequest, originSecret: string): ReceivedRequest {
  const rawHeaders: string[] = [];
  for (let place = 0; place + 1 < request.rawHeaders.length; place += 2) {
    const name = request.rawHeaders[place] ?? '';
    const isOurs = [viewerHeader, secretHeader].includes(name.toLowerCase());
    if (!isOurs) rawHeaders.push(name, request.rawHeaders[place + 1] ?? '');
  }
  return { ...request, rawHeaders: [...rawHeaders, viewerHeader, request.sourceIp, secretHeader, originSecret] };
}
