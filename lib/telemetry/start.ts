import { DiagLogLevel, diag } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, type NodeTracerConfig, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { cleanExporter } from '#lib/telemetry/clean-exporter.ts'
import { flushOnVercel } from '#lib/telemetry/flush-on-vercel.ts'

let provider: NodeTracerProvider | undefined

/**
 * Begins to make traces, when OpenTelemetry's standard variables say where they are sent. Without an endpoint there are no
 * spans, which costs nothing, and traces have ids only, for the log (lib/telemetry/context.ts). The name is the service's, unless OTEL_SERVICE_NAME gives another.
 */
export function startTelemetry(name: string): void {
  if (provider || !isExporting()) return
  // Next's own span of a fetch is named by the whole address, and a node's may hold a key. Our rails have spans of their own.
  process.env.NEXT_OTEL_FETCH_DISABLED = '1'
  const say = (message: string, ...rest: unknown[]): void =>
    log.warn('tracing', { detail: [message, ...rest].join(' ') })
  diag.setLogger({ error: say, warn: say, info: () => {}, debug: () => {}, verbose: () => {} }, DiagLogLevel.WARN)
  provider = new NodeTracerProvider(exporting(name))
  provider.register()
}

/** Sends what is not sent yet. For a process that ends by itself. */
export async function stopTelemetry(): Promise<void> {
  await provider?.shutdown()
  provider = undefined
}

function isExporting(): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = env()
  if (process.env.OTEL_SDK_DISABLED === 'true') return false
  return OTEL_EXPORTER_OTLP_ENDPOINT !== undefined || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined
}

function exporting(name: string): NodeTracerConfig {
  const batches = new BatchSpanProcessor(cleanExporter(new OTLPTraceExporter()))
  return {
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': name }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [env().VERCEL === undefined ? batches : flushOnVercel(batches)],
  }
}
