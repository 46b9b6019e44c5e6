using Microsoft.Playwright;

namespace Moderato.Tests.Investigation.Report;

/// <summary>The machine's own Chromium, started once for a class of tests. Without one they are skipped, and fail in CI.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places =
        [Environment.GetEnvironmentVariable("CHROMIUM") ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is { } executable)
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }

    /// <summary>A page that shows the HTML as a file, and what it asked for or complained of while doing so.</summary>
    public async Task<BrowserPage> Open(string html, int width, ColorScheme scheme = ColorScheme.Light)
    {
        if (browser is null)
        {
            string missing = $"no Chromium at {string.Join(", ", Places.Where(place => place.Length > 0))}";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true" or "1", missing);
            Assert.Fail(missing);
        }

        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        var troubles = new List<string>();
        page.Console += (_, message) => troubles.Add($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => troubles.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.IsNavigationRequest)
            {
                troubles.Add($"request: {request.Url}");
            }
        };
        string file = Path.Combine(Path.GetTempPath(), $"moderato-report-{Environment.ProcessId}-{Guid.CreateVersion7():N}.html");
        await File.WriteAllTextAsync(file, html);
        await page.GotoAsync("file://" + file);
        return new BrowserPage(page, context, troubles, file);
    }
}

/// <param name="Troubles">Requests, console messages and script errors.</param>
public sealed record BrowserPage(IPage Page, IBrowserContext Context, IReadOnlyList<string> Troubles, string File) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        System.IO.File.Delete(File);
    }
}
