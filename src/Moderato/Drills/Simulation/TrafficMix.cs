namespace Moderato.Drills.Simulation;

/// <summary>Which kinds of content are written, and how often: cells of language × register × surface with weights.</summary>
internal sealed class TrafficMix
{
    private readonly Cell[] cells;
    private readonly double[] cumulative;

    private TrafficMix(IEnumerable<Cell> cells)
    {
        this.cells = [.. cells];
        cumulative = new double[this.cells.Length];
        double total = 0;
        for (int at = 0; at < cumulative.Length; at++)
        {
            cumulative[at] = total += this.cells[at].Weight;
        }
    }

    public static TrafficMix Usual(IReadOnlyList<string> languages) => In(languages, Register.Usual);

    public static TrafficMix Platform(IReadOnlyList<string> languages) => In(languages, [Register.Of(Register.Stream)]);

    public static TrafficMix NewLanguage(string language) => new(CellsOf(language, 1, Register.Usual));

    /// <summary>Registers in each of the languages that has texts for them.</summary>
    public static TrafficMix In(IReadOnlyList<string> languages, IReadOnlyList<Register> registers) => new(
        Grammars.Usual.Where(usual => languages.Contains(usual.Language)).SelectMany(usual => CellsOf(usual.Language, usual.Share, registers)));

    /// <summary>This mix with the slice at the given share, everything else in its old proportions.</summary>
    public TrafficMix With(PlantedSlice slice, double share)
    {
        double inside = cells.Where(cell => cell.IsIn(slice)).Sum(cell => cell.Weight) / cumulative[^1];
        return new(cells.Select(cell => cell with
        {
            Weight = cell.Weight * (cell.IsIn(slice) ? share / inside : (1 - share) / (1 - inside)),
        }));
    }

    public TrafficMix Only(PlantedSlice slice) => new(cells.Where(cell => cell.IsIn(slice)));

    /// <summary>Whether some, and not all, of this traffic is in the slice.</summary>
    public bool Has(PlantedSlice slice) => cells.Any(cell => cell.IsIn(slice)) && !cells.All(cell => cell.IsIn(slice));

    public Cell Draw(SeededRandom random) => cells[random.Weighted(cumulative)];

    private static IEnumerable<Cell> CellsOf(string language, double share, IReadOnlyList<Register> registers)
    {
        var written = registers.Where(register => Grammars.Of(language).Has(register.Name)).ToArray();
        double all = written.Sum(register => Math.Max(register.Weight, 1e-9));
        return written.SelectMany(register => register.Surfaces.Select(surface =>
            new Cell(language, register, surface.Surface, share * Math.Max(register.Weight, 1e-9) / all * surface.Share)));
    }

    internal sealed record Cell(string Language, Register Register, string Surface, double Weight)
    {
        public bool IsIn(PlantedSlice slice) => slice.Value == slice.By switch
        {
            PlantedSlice.Language => Language,
            PlantedSlice.Surface => Surface,
            _ => Register.Name,
        };
    }
}
