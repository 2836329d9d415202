/**
 * The layers of the house, one way:
 * schemas <- functions/shared/domain <- {processes, gateways, adapters, runtime} <- slices (functions/<slice>/).
 * processes/ holds what more than one function does; like a use case it sees nothing but ports.
 */
const schemas = '^schemas/';
const config = '^config/';
const domain = '^functions/shared/domain/';
const gatewayPort = '^functions/shared/gateways/(gateway|http-messages|refund-port|answer-readings)\\.ts$';
const gatewayRegistry = '^functions/shared/gateways/registry\\.ts$';
const oneGateway = '^functions/shared/gateways/[^/]+/';
const processes = '^functions/shared/processes/';
const adapters = '^functions/shared/adapters/';
const runtime = '^functions/shared/runtime/';
const wiring = '^functions/shared/wiring/';
const rendering = '^functions/shared/rendering/';
const publicPages = '^functions/shared/rendering/(html|public-page)\\.ts$';
const signing = '^functions/shared/signing/';
const reportTables = '^functions/shared/rendering/reports/';
const reconciling = '^functions/shared/reconciling/';
const slice = '^functions/(?!shared/)[^/]+/';
const handler = '^functions/(?!shared/)[^/]+/handler\\.ts$';

const packages = 'node_modules/';
const builtInsWithEffects =
  '^(node:)?(fs|fs/promises|http|https|net|child_process|process|timers|timers/promises|os|worker_threads)$';
const cloudAndFramework = `${packages}(@aws-sdk|@aws-lambda-powertools|@middy|@smithy)/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one: split them along what they know.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'schemas-stand-alone',
      comment: 'Contracts depend on nothing but each other: whoever reads them must not drag in the product.',
      severity: 'error',
      from: { path: schemas },
      to: { path: '^(functions|config|infra|test)/' },
    },
    {
      name: 'config-sees-schemas-and-domain',
      comment: 'Configuration is data; what a row means, and what makes it faulty, the domain says.',
      severity: 'error',
      from: { path: config },
      to: { path: '^(functions|infra|test)/', pathNot: domain },
    },
    {
      name: 'domain-sees-schemas-only',
      comment: 'The domain is pure: port types live in functions/shared/domain/ports.ts, implementations in adapters/.',
      severity: 'error',
      from: { path: domain },
      to: { path: '^(functions|config|infra|test)/', pathNot: [domain, schemas] },
    },
    {
      name: 'processes-see-ports-only',
      comment: 'What several functions do is written against ports, as their own use cases are.',
      severity: 'error',
      from: { path: processes },
      to: { path: '^(functions|config)/', pathNot: [domain, gatewayPort, processes] },
    },
    {
      name: 'pure-code-has-no-effects',
      comment: 'Domain, gateways and schemas decide; they do not talk to AWS, files, the network or the clock.',
      severity: 'error',
      from: { path: [domain, '^functions/shared/gateways/', schemas], pathNot: '^schemas/generate\\.ts$' },
      to: { path: [builtInsWithEffects, cloudAndFramework] },
    },
    {
      name: 'gateways-see-domain-and-schemas',
      comment: 'A gateway turns bytes into notices and orders into requests; sending and storing is not its work.',
      severity: 'error',
      from: { path: '^functions/shared/gateways/' },
      to: { path: [processes, adapters, runtime, slice] },
    },
    {
      name: 'gateways-never-see-each-other',
      comment: 'A new gateway is one folder and one registry line. What two of them share belongs beside gateway.ts.',
      severity: 'error',
      from: { path: '^functions/shared/gateways/([^/]+)/' },
      to: { path: oneGateway, pathNot: '^functions/shared/gateways/$1/' },
    },
    {
      name: 'only-the-registry-names-gateways',
      comment: 'Everything else speaks to the port in gateway.ts.',
      severity: 'error',
      from: { path: '^functions/', pathNot: [gatewayRegistry, oneGateway] },
      to: { path: oneGateway },
    },
    {
      name: 'no-function-plays-a-gateway',
      comment:
        'A player signs in the name of a gateway: for the local bank, self-tests and tests, never for a function.',
      severity: 'error',
      from: { path: '^(schemas|functions|config)/', pathNot: '/player[^/]*\\.ts$' },
      to: { path: '^functions/shared/gateways/[^/]+/player[^/]*\\.ts$' },
    },
    {
      name: 'adapters-see-domain-and-schemas',
      comment: 'An adapter implements a port of the domain for one engine; the environment is read in runtime/.',
      severity: 'error',
      from: { path: adapters },
      to: { path: [oneGateway, gatewayRegistry, processes, runtime, slice] },
    },
    {
      name: 'rendering-sees-domain-and-schemas',
      comment: 'A page follows from its frozen content alone; storing and sending it is the work of others.',
      severity: 'error',
      from: { path: rendering },
      to: { path: ['^functions/shared/(gateways|processes)/', adapters, runtime, signing, slice] },
    },
    {
      name: 'signing-sees-rendering-and-domain',
      comment: 'Bytes go in and signed bytes or a verdict come out; the key lies behind the port in signing-ports.ts.',
      severity: 'error',
      from: { path: signing },
      to: {
        path: ['^functions/shared/(gateways|processes)/', adapters, runtime, slice, '^config/', builtInsWithEffects],
      },
    },
    {
      name: 'reconciling-sees-domain-and-schemas',
      comment:
        'Files and a database in memory go in, tables and results come out; where files come from, where findings are ' +
        'kept and how they are printed, others know.',
      severity: 'error',
      from: { path: reconciling },
      to: { path: ['^functions/shared/(gateways|processes)/', adapters, runtime, rendering, signing, slice, config] },
    },
    {
      name: 'runtime-sees-domain-and-schemas',
      comment: 'The runtime knows Lambda, not our engines, gateways or slices.',
      severity: 'error',
      from: { path: runtime },
      to: { path: ['^functions/shared/gateways/', processes, adapters, slice] },
    },
    {
      name: 'aws-clients-in-adapters-only',
      comment: 'Use cases take ports, so that they run against any engine and in a frozen world.',
      severity: 'error',
      from: { path: '^functions/', pathNot: adapters },
      to: { path: `${packages}@aws-sdk/` },
    },
    {
      name: 'slices-never-see-each-other',
      comment: 'What two slices share belongs to functions/shared.',
      severity: 'error',
      from: { path: '^functions/(?!shared/)([^/]+)/' },
      to: { path: slice, pathNot: '^functions/$1/' },
    },
    {
      name: 'use-cases-see-ports-only',
      comment:
        'Only handler.ts wires adapters, the registry and the runtime; a use case takes its needs as a parameter. ' +
        'A page that it shows is made of the parts of all public pages, a report of the tables of all reports.',
      severity: 'error',
      from: { path: slice, pathNot: handler },
      to: { path: '^functions/shared/', pathNot: [domain, processes, gatewayPort, publicPages, reportTables] },
    },
    {
      name: 'only-handlers-see-wiring',
      comment: 'Wiring joins a process with its engines for several handlers; whoever else sees it sees every engine.',
      severity: 'error',
      from: { path: '^(schemas|functions|config)/', pathNot: [handler, wiring] },
      to: { path: wiring },
    },
    {
      name: 'wiring-sees-no-slice',
      comment: 'Wiring serves slices; what belongs to one of them is wired in its handler.',
      severity: 'error',
      from: { path: wiring },
      to: { path: slice },
    },
    {
      name: 'nothing-imports-a-handler',
      comment: 'A handler is an end: what others need of it belongs beside it.',
      severity: 'error',
      from: { path: '^(schemas|functions|config)/' },
      to: { path: handler },
    },
    {
      name: 'product-never-sees-infra-or-test',
      comment: 'What runs in the cloud knows neither how it is deployed nor how it is tested.',
      severity: 'error',
      from: { path: '^(schemas|functions|config)/' },
      to: { path: '^(infra|test|docs)/' },
    },
    {
      name: 'infra-names-functions-by-path',
      comment:
        'The template is made without loading the product. The local runner is what the cloud is for it, and the ' +
        'commands of the desk are functions that people call.',
      severity: 'error',
      from: { path: '^infra/', pathNot: '^infra/(local|desk)/' },
      to: { path: '^functions/' },
    },
    {
      name: 'infra-never-sees-tests',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^test/' },
    },
    {
      name: 'stacks-never-see-the-local-runner',
      comment: 'The local runner reads the template, never the other way round.',
      severity: 'error',
      from: { path: '^infra/', pathNot: '^infra/(local|desk)/' },
      to: { path: '^infra/(local|desk)/' },
    },
    {
      name: 'functions-bundle-declared-dependencies',
      comment: 'A package that only development has is missing in the cloud: move it to dependencies.',
      severity: 'error',
      from: { path: '^(schemas|functions|config)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: `${packages}@types/` },
    },
    {
      name: 'functions-load-zod-mini',
      comment:
        'Classic zod takes a fifth of a cold start: write with `zod/mini` (CONTRIBUTING.md, docs/adr/0015-zod-mini.md).',
      severity: 'error',
      from: { path: '^(schemas|functions|config)/' },
      to: { path: `${packages}zod/`, pathNot: `${packages}zod/(mini/|v4/core/|v4/locales/en\\.js$)` },
    },
    {
      name: 'declared-packages-only',
      comment: 'A package that only another package brings may be gone with its next version.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
