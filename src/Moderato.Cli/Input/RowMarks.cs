namespace Moderato.Cli.Input;

/// <summary>Which rows of a chunk stay: some are refused with a cause, some are of no concern.</summary>
internal sealed class RowMarks(BadRows bad)
{
    private bool[] leftOut = new bool[4096];
    private int[] staying = new int[4096];
    private RowChunk chunk = new();
    private string place = "";

    /// <param name="place">What a row is named by, before its number: <c>decisions.csv, line</c>.</param>
    public void Begin(RowChunk chunk, string place)
    {
        (this.chunk, this.place) = (chunk, place);
        if (leftOut.Length < chunk.Rows)
        {
            leftOut = new bool[chunk.Rows * 2];
            staying = new int[chunk.Rows * 2];
        }

        Array.Clear(leftOut, 0, chunk.Rows);
    }

    public bool IsOut(int row) => leftOut[row];

    /// <summary>The row is not asked for; it is no mistake either.</summary>
    public void PassOver(int row) => leftOut[row] = true;

    /// <param name="right">What would be right.</param>
    public void Refuse(int row, string column, ReadOnlySpan<byte> found, string right)
    {
        if (!leftOut[row])
        {
            string shown = bad.Full ? "" : $"column \"{column}\": found {Cell.Shown(found)}; {right}";
            Refuse(row, shown);
        }
    }

    public void Refuse(int row, string cause)
    {
        if (!leftOut[row])
        {
            leftOut[row] = true;
            bad.Add(bad.Full ? "" : Place(row), cause);
        }
    }

    public string Place(int row) => $"{place} {chunk.Lines[row]}";

    public ReadOnlySpan<int> Staying()
    {
        int count = 0;
        for (int row = 0; row < chunk.Rows; row++)
        {
            if (!leftOut[row])
            {
                staying[count++] = row;
            }
        }

        return staying.AsSpan(0, count);
    }
}
