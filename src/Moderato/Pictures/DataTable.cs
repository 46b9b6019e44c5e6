namespace Moderato.Pictures;

/// <summary>The numbers behind a picture, or a list of its own.</summary>
/// <param name="Caption">What the rows are.</param>
/// <param name="Columns">Heads; the first column names the row.</param>
public sealed record DataTable(string Caption, IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>More rows than this are left to the JSON beside the page.</summary>
    private const int RowsShown = 200;

    /// <summary>A table that scrolls inside itself, so that the page never does sideways.</summary>
    public Markup Render()
    {
        string caption = Rows.Count <= RowsShown ? Caption : $"{Caption}: the first {RowsShown} of {Numbers.Count(Rows.Count)}";
        return Markup.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption><thead><tr>{Markup.Join(Columns, Head)}</tr></thead><tbody>{Markup.Join(Rows.Take(RowsShown), Row)}</tbody></table></div>
            """);
    }

    /// <summary>The same, folded away under a summary.</summary>
    /// <param name="isPrinted">Unfolded on paper.</param>
    public Markup Folded(string summary, bool isPrinted = false) => isPrinted
        ? Markup.Of($"<details class=\"fold printed\"><summary>{summary}</summary>{Render()}</details>")
        : Markup.Of($"<details class=\"fold\"><summary>{summary}</summary>{Render()}</details>");

    private static Markup Head(Column column) =>
        column.IsNumber ? Markup.Of($"<th scope=\"col\" class=\"number\">{column.Name}</th>") : Markup.Of($"<th scope=\"col\">{column.Name}</th>");

    private Markup Row(IReadOnlyList<string> cells)
    {
        var row = Markup.Of($"<tr><th scope=\"row\"><bdi>{cells[0]}</bdi></th>");
        for (int i = 1; i < cells.Count; i++)
        {
            _ = Columns[i].IsNumber ? row.Add($"<td class=\"number\">{cells[i]}</td>") : row.Add($"<td><bdi>{cells[i]}</bdi></td>");
        }

        return row.Add($"</tr>");
    }
}

/// <param name="IsNumber">Set right-aligned, in tabular figures, unbroken.</param>
public sealed record Column(string Name, bool IsNumber = false)
{
    public static implicit operator Column(string name) => new(name);

    public static Column Number(string name) => new(name, IsNumber: true);
}
