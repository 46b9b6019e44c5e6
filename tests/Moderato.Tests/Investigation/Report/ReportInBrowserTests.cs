using Microsoft.Playwright;
using Moderato.Investigation.Report;

namespace Moderato.Tests.Investigation.Report;

public sealed class ReportInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string OpenAll = "document.querySelectorAll('details').forEach(details => details.open = true)";

    public static TheoryData<string> Incidents => [.. SampleFindings.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Incidents))]
    public async Task Nothing_runs_over_the_edge_and_nothing_is_asked_of_the_network(string incident)
    {
        await using var opened = await chromium.Open(InvestigationReportTests.Html(incident), 1280);
        await opened.Page.EvaluateAsync(OpenAll);

        foreach (int width in new[] { 1280, 700, 390, 360 })
        {
            await opened.Page.SetViewportSizeAsync(width, 900);

            Assert.InRange(await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
            string outside = string.Join('\n', await opened.Page.EvaluateAsync<string[]>(TextOutsideItsPicture));
            Assert.True(outside.Length == 0, outside);
        }

        Assert.Empty(opened.Troubles);
    }

    [Theory]
    [InlineData(ColorScheme.Light, "rgb(255, 255, 255)")]
    [InlineData(ColorScheme.Dark, "rgb(18, 21, 27)")]
    public async Task Every_text_reaches_4_5_to_1_in_light_and_dark(ColorScheme scheme, string ground)
    {
        await using var opened = await chromium.Open(WithTexts(), 1280, scheme);
        await opened.Page.EvaluateAsync(OpenAll);

        Assert.Equal(ground, await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(FaintTexts));
    }

    [Fact]
    public async Task The_keyboard_reveals_one_text_and_escape_blurs_it_again()
    {
        await using var opened = await chromium.Open(WithTexts(), 1280);
        var page = opened.Page;
        await page.EvaluateAsync(OpenAll);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Show text of c-10440" }).First;
        string text = "#" + await button.GetAttributeAsync("aria-controls");

        Assert.StartsWith("blur", await Filter(page, text), StringComparison.Ordinal);
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        Assert.Equal("none", await Filter(page, text));
        Assert.Null(await page.Locator(text).GetAttributeAsync("aria-hidden"));
        Assert.Equal(1, await page.Locator("p.text:not(.blurred)").CountAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.StartsWith("blur", await Filter(page, text), StringComparison.Ordinal);
        Assert.Equal("true", await page.Locator(text).GetAttributeAsync("aria-hidden"));
        Assert.Empty(opened.Troubles);
    }

    [Fact]
    public async Task A_rate_says_its_n_and_method_on_focus_inside_the_page()
    {
        const int width = 360;
        await using var opened = await chromium.Open(InvestigationReportTests.Html("new-content"), width);
        var rate = opened.Page.Locator(".rate").First;
        Assert.False(await rate.Locator(".note").IsVisibleAsync());

        await rate.FocusAsync();

        Assert.Matches("truly safe contents of the current period: n 762; Wilson, random, 95%", await rate.Locator(".note").InnerTextAsync());
        var box = (await rate.Locator(".note").BoundingBoxAsync())!;
        Assert.InRange(box.X, 0, width - box.Width);
        Assert.InRange(await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    [Fact]
    public async Task On_a_phone_every_target_is_44_pixels_high_and_each_chart_is_drawn_for_it()
    {
        await using var opened = await chromium.Open(WithTexts(), 390);
        await opened.Page.EvaluateAsync(OpenAll);

        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('button, summary')].filter(target => target.getBoundingClientRect().height < 44).map(target => target.textContent)"));
        Assert.Equal(0, await opened.Page.Locator("svg.wide:visible").CountAsync());
        Assert.NotEqual(0, await opened.Page.Locator("svg.narrow:visible").CountAsync());
    }

    [Fact]
    public async Task Prints_dark_on_white_whatever_the_screen()
    {
        await using var opened = await chromium.Open(InvestigationReportTests.Html("new-content"), 1280, ColorScheme.Dark);
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Equal("#ffffff", await opened.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).getPropertyValue('--ground')"));
        byte[] pdf = await opened.Page.PdfAsync(new() { Format = "A4" });
        Assert.True(pdf.AsSpan().StartsWith("%PDF"u8));
    }

    private static string WithTexts() =>
        InvestigationReport.Html(SampleFindings.NewContent, InvestigationReportTests.Options with { Texts = SampleFindings.Texts }, SampleFindings.Tuning);

    private static async Task<string> Filter(IPage page, string text) =>
        await page.EvaluateAsync<string>("id => getComputedStyle(document.querySelector(id)).filter", text);

    // A half pixel of tolerance: browsers measure text in fractions.
    private const string TextOutsideItsPicture = """
        [...document.querySelectorAll('svg')].filter(svg => svg.getClientRects().length).flatMap(svg => {
          const frame = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('text')].filter(text => {
            const box = text.getBoundingClientRect();
            return box.left < frame.left - .5 || box.right > frame.right + .5 || box.top < frame.top - .5 || box.bottom > frame.bottom + .5;
          }).map(text => (svg.querySelector('title').textContent + ': ' + text.textContent));
        })
        """;

    // WCAG contrast of every element with text of its own against the nearest opaque ground behind it.
    private const string FaintTexts = """
        (() => {
          const channels = colour => colour.match(/[\d.]+/g).map(Number);
          const luminance = colour => channels(colour).slice(0, 3).map(c => c / 255)
            .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const ground = element => {
            for (let e = element; e; e = e.parentElement) {
              const colour = getComputedStyle(e).backgroundColor;
              if ((channels(colour)[3] ?? 1) === 1) return colour;
            }
            return 'rgb(255, 255, 255)';
          };
          return [...document.body.querySelectorAll('*')].filter(e => e.getClientRects().length
              && [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim())).flatMap(e => {
            const style = getComputedStyle(e), colour = e instanceof SVGElement ? style.fill : style.color;
            const a = luminance(colour), b = luminance(ground(e));
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            return ratio >= 4.5 ? [] : [`${e.tagName}.${e.className.baseVal ?? e.className} ${colour} on ${ground(e)}: ${ratio.toFixed(2)}`];
          });
        })()
        """;
}
