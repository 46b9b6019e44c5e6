using System.Globalization;
using System.Text.Json;
using Moderato.Cli;
using Moderato.Investigation.Findings;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>Incidents planted in real content, investigated by the command line as a stranger would; what was planted against what was said.</summary>
internal static class RealConfusion
{
    private sealed record Outcome(RealIncident Incident, Labels Labels, int Seed, JsonElement Report)
    {
        private JsonElement.ArrayEnumerator Diagnosis => Report.GetProperty("diagnosis").EnumerateArray();

        public string Said => Diagnosis.First().GetProperty("cause").GetString()!;

        public string InFull => string.Join(" + ", Diagnosis.Select(cause => Invariant($"{cause.GetProperty("cause").GetString()} {(cause.TryGetProperty("share", out var share) && share.ValueKind == JsonValueKind.Number ? share.GetDouble() : double.NaN):0.00}")));

        public string Statement => Diagnosis.First().GetProperty("statement").GetString()!;

        public IEnumerable<string> Evidence => Diagnosis.First().GetProperty("evidence").EnumerateArray().Select(line => line.GetString()!);

        public bool Right => Incident.Causes.Contains(Said) || (Labels == Labels.Appeals && Said == Causes.Inconclusive);

        public bool Wrong => !Right && Said != Causes.Inconclusive;
    }

    public static async Task Run(int seeds, int firstSeed, string? only, string? onlyLabels, bool write)
    {
        var pools = ContentPools.Read();
        ContentScores.Fill(pools);
        Console.Error.WriteLine(Invariant($"{pools.All.Count()} contents"));
        string folder = Directory.CreateTempSubdirectory("real-incidents").FullName;
        var outcomes = new List<Outcome>();
        try
        {
            foreach (var (name, causes) in RealPlanting.All.Where(plant => only is null || plant.Name.Contains(only, StringComparison.Ordinal)))
            {
                for (int seed = firstSeed, tries = 0, planted = 0; planted < seeds && tries < 6 * seeds; tries++, seed++)
                {
                    if (RealPlanting.Plant(pools, name, causes, seed) is not { } incident)
                    {
                        continue;
                    }

                    planted++;
                    foreach (var labels in Enum.GetValues<Labels>().Where(labels => onlyLabels is null || labels.ToString() == onlyLabels))
                    {
                        outcomes.Add(new(incident, labels, seed, await Investigate(incident, labels, folder, seed)));
                        Tell(outcomes[^1]);
                    }
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Tabulate(outcomes, write);
    }

    private static async Task<JsonElement> Investigate(RealIncident incident, Labels labels, string folder, int seed)
    {
        var arguments = RealFiles.Write(incident, labels, folder, seed);
        if (labels == Labels.Sheet)
        {
            string sheet = Path.Combine(folder, "sheet.csv");
            await Command(["sample", .. arguments, "--budget", "400", "--out", sheet]);
            RealFiles.Fill(incident, sheet);
            arguments.AddRange(["--labelled", sheet]);
        }

        return JsonElement.Parse(await Command(["investigate", .. arguments, "--json"]));
    }

    private static async Task<string> Command(string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int exit = await Cli.Program.Run(arguments, output, error, TimeProvider.System);
        return exit == 0 ? output.ToString() : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {exit}, {error}");
    }

    private static void Tell(Outcome outcome)
    {
        if (outcome.Right && Environment.GetEnvironmentVariable("TELL_ALL") is null)
        {
            return;
        }

        var incident = outcome.Incident;
        Console.WriteLine(Invariant($"{(outcome.Wrong ? "WRONG" : outcome.Right ? "right" : "abstained")} {incident.Name} seed {outcome.Seed} {outcome.Labels}: fpr {incident.FprOf(false):0.000} -> {incident.FprOf(true):0.000}, prevalence {incident.PrevalenceOf(true):0.000}, rows {incident.Rows.Count}, {incident.Showing.Comparison}, text {incident.Showing.Text}, {incident.Showing.SurfaceColumn}, {incident.Showing.LanguageColumn}, objective {incident.Objective} -> {outcome.InFull}: {outcome.Statement}"));
        foreach (string line in outcome.Evidence)
        {
            Console.WriteLine($"      {line}");
        }
    }

    private static void Tabulate(List<Outcome> outcomes, bool write)
    {
        var table = new ResultTable(
            "Incidents planted in real content: what was planted against what was diagnosed",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- real-incidents 6",
            "planted", "labels", "diagnosed");
        foreach (var group in outcomes.GroupBy(outcome => (outcome.Incident.Name, outcome.Labels)))
        {
            table.Add(group.Key.Name, group.Key.Labels.ToString().ToLowerInvariant(), string.Join(", ", group.GroupBy(outcome => outcome.Said).OrderByDescending(said => said.Count()).Select(said => $"{said.Key} {said.Count()}")));
        }

        foreach (var group in outcomes.GroupBy(outcome => outcome.Labels))
        {
            table.Note(Summary(group.Key.ToString().ToLowerInvariant(), [.. group]));
        }

        table.Note(Summary("all", outcomes));
        table.Note(Summary("healthy, with labels of known sampling", [.. outcomes.Where(outcome => outcome.Incident.Causes[0] == Causes.None && outcome.Labels != Labels.Appeals)]));
        if (write)
        {
            table.Write("real-incidents");
        }
        else
        {
            table.Print();
        }
    }

    private static string Summary(string what, List<Outcome> outcomes) => outcomes.Count == 0 ? "" : Invariant(
        $"{what}: {outcomes.Count} investigations, right {outcomes.Count(o => o.Right)} ({100.0 * outcomes.Count(o => o.Right) / outcomes.Count:0}%), wrong {outcomes.Count(o => o.Wrong)} ({100.0 * outcomes.Count(o => o.Wrong) / outcomes.Count:0}%), abstained {outcomes.Count(o => !o.Right && !o.Wrong)}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
