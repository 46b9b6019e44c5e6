using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom.Events;
using AngleSharp.Html.Parser;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Report;
using Moderato.Statistics.Intervals;
using Moderato.Tuning;

namespace Moderato.Tests.Investigation.Report;

public sealed class InvestigationReportTests
{
    internal static readonly ReportOptions Options = new("Why is safe content flagged?", new DateTimeOffset(2025, 11, 10, 14, 5, 0, TimeSpan.Zero), TimeZoneInfo.Utc);

    public static TheoryData<string> Incidents => [.. SampleFindings.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Incidents))]
    public void Is_well_formed_html_without_a_repeated_id(string incident)
    {
        var errors = new List<string>();
        var parser = new HtmlParser(new HtmlParserOptions());
        parser.Error += (_, error) => errors.Add(((HtmlErrorEvent)error).Message);

        var page = parser.ParseDocument(Html(incident));

        Assert.Empty(errors);
        string[] ids = [.. page.All.Select(element => element.Id ?? "").Where(id => id.Length > 0)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        foreach (var element in page.All)
        {
            foreach (string id in (element.GetAttribute("aria-labelledby") + " " + element.GetAttribute("aria-controls")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.NotNull(page.GetElementById(id));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Incidents))]
    public void Needs_no_network_and_no_script(string incident)
    {
        string html = Html(incident);
        var page = Parse(html);

        Assert.Empty(page.QuerySelectorAll("script, link, img, iframe, object, embed, form, audio, video, image, use, foreignObject"));
        Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name is "style" or "src" or "xlink:href" or "srcset"
            || attribute.Name.StartsWith("on", StringComparison.Ordinal) || (attribute.Name == "href" && !attribute.Value.StartsWith('#'))));
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Incidents))]
    public void Every_picture_has_a_title_a_description_and_a_table_and_stays_under_50_kB(string incident)
    {
        var page = Parse(Html(incident));

        foreach (var svg in page.QuerySelectorAll("svg"))
        {
            Assert.Equal("img", svg.GetAttribute("role"));
            Assert.NotEmpty(svg.QuerySelector("title")!.TextContent);
            Assert.NotEmpty(svg.QuerySelector("desc")!.TextContent);
            Assert.InRange(Encoding.UTF8.GetByteCount(svg.OuterHtml), 1, 50_000);
            Assert.DoesNotContain("NaN", svg.OuterHtml, StringComparison.Ordinal);
        }

        foreach (var figure in page.QuerySelectorAll("figure"))
        {
            Assert.Equal(2, figure.QuerySelectorAll("svg").Length);
            Assert.NotEmpty(figure.QuerySelector("figcaption")!.TextContent);
            Assert.NotEmpty(figure.QuerySelectorAll("details table tbody tr"));
        }
    }

    [Fact]
    public void Answers_first_then_numbers_then_the_three_steps_then_the_plan_then_what_is_open()
    {
        string[] order = ["page-head", "tiles", "causes", "patterns", "shift", "confidence", "thresholds", "plan", "open", "method"];
        var page = Parse(Html("new-content"));

        string[] found = [.. page.QuerySelectorAll("header, ul.tiles, main > section").Select(element => string.IsNullOrEmpty(element.Id) ? element.ClassList[0] : element.Id)];

        Assert.Equal(order, found);
        Assert.Equal("The false positives come from game chat that was not there before 28 October.", page.QuerySelector("h1")!.TextContent);
        Assert.InRange(page.QuerySelectorAll(".tile").Length, 2, 4);
        Assert.Contains("8.1% [6.4, 10.3]", page.QuerySelector(".tile")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("above the objective of 3.0%", page.QuerySelector(".tile")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_known_rate_carries_its_n_and_method_on_focus()
    {
        foreach (var rate in Parse(Html("new-content")).QuerySelectorAll(".rate"))
        {
            Assert.Equal("0", rate.GetAttribute("tabindex"));
            Assert.Matches("n [0-9\u202f]+; .+, .+, 95%", rate.GetAttribute("aria-label")!);
        }
    }

    [Fact]
    public void What_is_unknown_is_a_dash_with_its_reason_and_never_zero()
    {
        var tile = Parse(Html("unlabelled")).QuerySelector(".tile")!;

        Assert.Equal("–", tile.QuerySelector(".value")!.TextContent);
        Assert.Contains("draw 400 with moderato sample", tile.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("0.0%", tile.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Holds_no_content_unless_asked_to_and_then_blurred_behind_a_button_each()
    {
        string mailed = Html("new-content");
        var read = Parse(InvestigationReport.Html(SampleFindings.NewContent, Options with { Texts = SampleFindings.Texts }));

        Assert.All(SampleFindings.Texts.Values, text => Assert.DoesNotContain(text, mailed, StringComparison.Ordinal));
        Assert.Empty(Parse(mailed).QuerySelectorAll("button"));
        var texts = read.QuerySelectorAll("p.text");
        Assert.NotEmpty(texts);
        Assert.All(texts, text =>
        {
            Assert.True(text.ClassList.Contains("blurred"));
            Assert.Equal("true", text.GetAttribute("aria-hidden"));
            Assert.Single(read.QuerySelectorAll($"button[aria-controls='{text.Id}'][aria-expanded='false']"));
        });
        Assert.Single(read.QuerySelectorAll("script"));
    }

    [Fact]
    public void Nothing_a_user_wrote_becomes_markup()
    {
        const string evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;</title></style>\0\u001b\ud800";
        var findings = Poison(evil);
        var options = Options with { Title = evil, Texts = new Dictionary<string, string> { [evil] = evil } };

        string html = InvestigationReport.Html(findings, options, SampleFindings.Tuning with { Statement = evil });
        var page = Parse(html);

        Assert.Empty(page.QuerySelectorAll("img, b:not(.missing b, #open b)"));
        Assert.Single(page.QuerySelectorAll("script"));
        Assert.Single(page.QuerySelectorAll("style"));
        Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain('\0', html);
        Assert.DoesNotContain('\ud800', html);
        string shown = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;</title></style>\ufffd\ufffd\ufffd";
        Assert.Equal(shown, page.Title);
        Assert.Contains(shown, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_and_long_and_impossible_values_leave_a_readable_page()
    {
        var sample = SampleFindings.NewContent;
        string longest = new('x', 20_000);
        var where = new Dictionary<string, string> { [longest] = longest };
        var nan = new Rate.Known(double.NaN, double.NaN, double.NaN, 0, longest, longest, longest, 0.95);
        var all = new Rate.Known(1, 1, 1, 1, "Wilson", "contents", "random", 0.95);
        var findings = sample with
        {
            Rates = sample.Rates with { Fpr = nan, FlagRate = all, FlagRateChanges = [.. Enumerable.Repeat(new FlagRateChange(where, all, nan, double.NaN, 0), 3_000)] },
            Patterns = sample.Patterns with { Slices = [.. Enumerable.Repeat(new SliceFinding(where, 0, 0, nan, double.PositiveInfinity, double.NaN, 0, []), 3_000)] },
            Shift = sample.Shift with
            {
                Days = [.. Enumerable.Range(0, 4_000).Select(i => new DayFinding(new DateOnly(2015, 1, 1).AddDays(i), i % 3 == 0 ? 0 : long.MaxValue / 8, i % 2 == 0 ? nan : all))],
                Attribution = new FprAttribution(nan, nan, nan, longest, [.. Enumerable.Repeat(new SliceAttribution(where, double.NaN, 0), 3_000)]),
            },
            Confidence = sample.Confidence with { Reliability = [new ReliabilityBin(double.NaN, nan)], FalsePositiveScores = [new ScoreBand(0, 1, double.NaN, null)] },
        };
        var tuning = SampleFindings.Tuning with
        {
            Curve = [.. Enumerable.Range(0, 10_001).Select(i => new CurvePoint("both", i / 10_000.0, i / 10_000.0, i % 2 == 0 ? nan : all, all, all, double.NaN) { ReviewShare = double.NaN, FlagShare = double.NaN })],
            Frontier = [new FrontierPoint(0, double.NaN, null, null), new FrontierPoint(1, 0, null, null)],
        };

        string html = InvestigationReport.Html(findings, Options, tuning);

        Assert.InRange(html.Length, 1, 1_500_000);
        foreach (var svg in Parse(html).QuerySelectorAll("svg"))
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(svg.OuterHtml), 1, 50_000);
        }

        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_its_own_style_and_script_may_run()
    {
        var page = Parse(InvestigationReport.Html(SampleFindings.NewContent, Options with { Texts = SampleFindings.Texts }));
        string policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;

        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        foreach (string inline in new[] { page.QuerySelector("style")!.TextContent, page.QuerySelector("script")!.TextContent })
        {
            Assert.Contains(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(inline))), policy, StringComparison.Ordinal);
        }
    }

    internal static string Html(string incident)
    {
        var (_, findings, tuning) = SampleFindings.All.Single(sample => sample.Name == incident);
        return InvestigationReport.Html(findings, Options, tuning);
    }

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static InvestigationFindings Poison(string evil)
    {
        var sample = SampleFindings.NewContent;
        var where = new Dictionary<string, string> { [evil] = evil };
        var rate = new Rate.Known(0.1, 0.05, 0.2, 100, evil, evil, evil, 0.95);
        return sample with
        {
            Answer = evil,
            Category = evil,
            Rates = sample.Rates with
            {
                Fpr = rate,
                Fnr = new Rate.Unknown(evil),
                Which = [evil],
                FlagRateChanges = [new FlagRateChange(where, rate, rate, 0, 0.1)],
            },
            Patterns = new PatternsFinding([new SampledContent(evil, 0.6)], [new CodeShare(evil, rate)], [new SliceFinding(where, 10, 2, rate, 2, 0.01, 0.2, [evil])]),
            Shift = sample.Shift with
            {
                Text = new TextShift(0.7, 0.6, 0.8, 0.01, [evil]),
                Columns = [new ColumnShift(evil, 1, 1, 0.01, 0.01)],
                Attribution = new FprAttribution(rate, rate, rate, evil, [new SliceAttribution(where, 0.1, 0.1)]),
                Bursts = [sample.Shift.Bursts[0] with { Terms = [evil] }],
                Floods = [sample.Shift.Floods[0] with { ExampleId = evil }],
            },
            Diagnosis = [new Diagnosis(evil, 0.5, new Trigger(evil, sample.Diagnosis[0].Trigger!.Since, evil), evil, [evil])],
            Plan = [new Remedy(Horizons.Quick, evil, evil, new Change.Unknown(evil), new Change.Unknown(evil), new Change.Unknown(evil))],
            NotAssessed = [new NotAssessed(evil, evil) { Step = Steps.Patterns }],
            LabelNext = [new LabelNext(evil, 3)],
        };
    }
}
