using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Hosting;
using Moderato.Decisions;
using Moderato.Server.Classification;
using Moderato.Server.Contents;
using Moderato.Server.Decisions;
using Moderato.Server.FrontDoors.OpenAi;
using Moderato.Server.FrontDoors.Perspective;
using Moderato.Server.Keys;
using Moderato.Server.Releases;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;
using Moderato.Server.Webhooks;
using Scalar.AspNetCore;

namespace Moderato.Server.Hosting;

/// <summary>The server put together: <see cref="CreateAsync"/> opens or creates the store; the rest is a web application like any other.</summary>
public static class ModeratoServer
{
    /// <returns>The application, not yet started, and the admin key if this was the first start of its store.</returns>
    public static async Task<(WebApplication App, string? AdminKey)> CreateAsync(
        ServerSettings settings, TimeProvider time, Action<WebApplicationBuilder>? adjust = null, CancellationToken cancel = default)
    {
        CreateFolder(settings.Data);
        var alone = settings.Storage is null ? OneServer.In(settings.Data) : null;
        Store store = settings.Storage is { } postgres ? new PostgresStore(postgres) : new SqliteStore(Path.Combine(settings.Data, SqliteStore.FileName));
        string? adminKey;
        await using (await store.EnterAsync(cancel))
        {
            await store.MigrateAsync(cancel);
            adminKey = await FirstStart.RunAsync(store, settings, time.GetUtcNow(), cancel);
        }

        // The host would watch the working folder, and all below it, for settings that change: the log's file among them, at every write.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        AddServices(builder, settings, store, time);
        if (alone is not null)
        {
            builder.Services.AddSingleton(_ => alone);
        }

        adjust?.Invoke(builder);
        var app = builder.Build();

        // The container lets go of what it made: asked for once, it is let go with the application.
        app.Services.GetService<OneServer>();
        Map(app);
        await app.Services.GetRequiredService<Workspaces>().ReloadAsync(cancel);
        await app.Services.GetRequiredService<LiveReleases>().FollowAsync(cancel);
        return (app, adminKey);
    }

    private static void AddServices(WebApplicationBuilder builder, ServerSettings settings, Store store, TimeProvider time)
    {
        builder.WebHost.UseUrls([.. settings.Urls]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MostBodyBytes;
            if (settings is { Certificate: { } certificate, CertificateKey: { } key })
            {
                kestrel.ConfigureHttpsDefaults(https =>
                {
                    https.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, key);
                    https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                });
            }
        });
        builder.Logging.ClearProviders();
        if (Console.IsOutputRedirected)
        {
            builder.Logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "O"));
        }
        else
        {
            builder.Logging.AddSimpleConsole(lines => lines.SingleLine = true);
        }

        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Else each request begins a scope and an activity for its messages, of which there are none.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServerJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });

        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(time);
        services.AddSingleton(_ => store);
        services.AddSingleton<Workspaces>();
        services.AddHosted<KeyRing>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<LiveReleases>();
        services.AddSingleton<ReleaseStore>();
        services.AddSingleton<StoredContents>();
        services.AddSingleton<TierTrials>();
        services.AddSingleton<ReleaseDiffs>();
        services.AddSingleton<Shadows>();
        services.AddSingleton<Redecisions>();
        services.AddHosted<ReleaseFollower>();
        services.AddSingleton<Endpoints>();
        services.AddSingleton<LaterTiers>();
        services.AddSingleton<Decider>();
        services.AddSingleton<DecisionQueries>();
        services.AddSingleton<CountQueries>();
        services.AddSingleton<RecordedNames>();
        services.AddSingleton<ContentActions>();
        services.AddSingleton<DecisionExport>();
        services.AddHosted<PersonVerdicts>();
        services.AddSingleton<ReviewQueries>();
        services.AddSingleton<ReviewQueue>();
        services.AddSingleton<LabelQueries>();
        services.AddHosted<ReviewExpiry>();
        services.AddSingleton<ContentQueries>();
        services.AddHosted<TextRetention>();
        services.AddHosted<Subscriptions>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<WebhookTargets>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<DeliveryHistory>();
        services.AddSingleton<WebhookMeter>();
        services.AddHosted<WebhookDelivery>();
        services.AddHosted<EventRetention>();
        services.AddHosted<DecisionWriter>();
        services.AddHosted<IdempotencyRetention>();
        services.AddHosted<ShadowWork>();
        services.AddHosted<ShadowRetention>();
        services.AddHosted<DecisionMaker>();
        services.AddHosted<ProvisionalWork>();
        services.AddHosted<RedecisionWork>();

        services.AddExceptionHandler<ProblemResponses>();
        services.AddTelemetry(settings);
        services.AddOpenApi();
    }

    private static void Map(WebApplication app)
    {
        app.Use(SafeHeaders);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(ProblemResponses.OfStatusAsync);
        app.UseRouting();
        app.UseMiddleware<KeyGate>();
        app.Use(NamesInQueries);
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/openapi").AllowAnonymous();
        app.MapHealth();
        app.MapTelemetry();
        app.MapAudit();
        app.MapKeys();
        app.MapReleases();
        app.MapRedecisions();
        app.MapDecisions();
        app.MapRecord();
        app.MapActions();
        app.MapModerations();
        app.MapPerspective();
        app.MapExport();
        app.MapErasures();
        app.MapReviews();
        app.MapLabels();
        app.MapWebhooks();
    }

    /// <summary>Answers are for whoever asked, and are what they say they are.</summary>
    private static Task SafeHeaders(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(static state =>
        {
            var headers = ((HttpContext)state).Response.Headers;
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            return Task.CompletedTask;
        }, http);
        return next(http);
    }

    /// <summary>A parameter of a query is a name like any other: what no name can be is not searched for.</summary>
    private static Task NamesInQueries(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.QueryString.HasValue)
        {
            return next(http);
        }

        var errors = http.Request.Query
            .SelectMany(parameter => parameter.Value.Select(value => StorableText.OfName(parameter.Key, value ?? ""))).OfType<FieldError>().ToList();
        return errors.Count == 0 ? next(http) : Problems.Invalid("The query is not right", errors).ExecuteAsync(http);
    }

    /// <summary>Texts and keys lie in it: nobody else reads it.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A worker that others also ask.</summary>
    private static void AddHosted<TService>(this IServiceCollection services)
        where TService : class, IHostedService
    {
        services.AddSingleton<TService>();
        services.AddHostedService(provider => provider.GetRequiredService<TService>());
    }
}
