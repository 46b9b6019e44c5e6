using Moderato.Server.Classification;
using Moderato.Server.Keys;
using Moderato.Server.Webhooks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Moderato.Server.Hosting;

/// <summary>Metrics at <c>/metrics</c> always; traces and metrics by OTLP where the settings say where to.</summary>
public static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton<ServerMetrics>();
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(ServerMetrics.MeterName, TierMeter.Name, WebhookMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel").AddRuntimeInstrumentation().AddPrometheusExporter();
            if (settings.Otlp is { } address)
            {
                metrics.AddOtlpExporter(otlp => otlp.Endpoint = address);
            }
        });
        if (settings.Otlp is { } to)
        {
            // Without the query, in which a key or a search may stand.
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(web => web.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.query", null))
                .AddOtlpExporter(otlp => otlp.Endpoint = to));
        }
    }

    public static void MapTelemetry(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics").Needs(Scopes.Read);
}
