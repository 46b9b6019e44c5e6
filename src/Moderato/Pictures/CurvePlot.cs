namespace Moderato.Pictures;

/// <param name="Low">Lower limit of Y, for the band; null draws none.</param>
public sealed record CurveVertex(double X, double Y, double? Low = null, double? High = null);

/// <summary>A named point on or beside the curve.</summary>
public sealed record CurveMark(double X, double Y, string Name, CurveMarkKind Kind);

public enum CurveMarkKind
{
    /// <summary>One of a few round cuts, for orientation; unnamed where there is no room.</summary>
    Step,

    /// <summary>Where we operate.</summary>
    Today,

    /// <summary>The optimum.</summary>
    Best,
}

/// <param name="IsShare">Labelled in percent; else as a count.</param>
public sealed record Axis(string Title, bool IsShare);

/// <summary>One curve with its band, the operating point, the optimum and the objective marked and named.</summary>
/// <param name="Objective">A value of X not to exceed, and its name.</param>
public sealed record CurvePlot(
    Axis X, Axis Y, IReadOnlyList<CurveVertex> Curve, IReadOnlyList<CurveMark> Marks, (double Value, string Name)? Objective = null)
{
    public Picture Picture(string key, string finding, string description, DataTable table) =>
        Pictures.Picture.Draw(key, finding, description, table, Draw);

    private void Draw(Canvas canvas)
    {
        canvas.Height = canvas.IsNarrow ? 310 : 330;
        double top = 40, bottom = canvas.Height - 44, left = 54, right = canvas.Width - 14;
        double mostX = Curve.Select(vertex => vertex.X).Concat(Marks.Select(mark => mark.X)).Append(Objective?.Value ?? 0).Max();
        double mostY = Curve.Select(vertex => vertex.High ?? vertex.Y).Concat(Marks.Select(mark => mark.Y)).Max();
        var x = Limited(X, mostX, left, right, canvas.IsNarrow ? 4 : 6);
        var y = Limited(Y, mostY, bottom, top, 4);
        canvas.YAxis(y, left, right, tick => Label(Y, tick), Y.Title);
        canvas.XAxis(x, top, bottom, tick => Label(X, tick), X.Title, canvas.IsNarrow ? 4 : 6);
        canvas.Reserve(0, 0, canvas.Width, top - 2);
        canvas.Reserve(0, top, left, bottom);

        if (Objective is { } objective)
        {
            canvas.Line(x[objective.Value], top, x[objective.Value], bottom, "reference-line");
            string name = $"{objective.Name} {(X.IsShare ? Numbers.Percent(objective.Value) : Numbers.Count(objective.Value))}";
            bool before = x[objective.Value] + 8 + Canvas.TextWidth(name) > canvas.Width;
            double at = x[objective.Value] + (before ? -8 - Canvas.TextWidth(name) : 8);
            canvas.Reserve(at, top, at + Canvas.TextWidth(name), top + 18);
            canvas.Text(at, top + 14, name, "start", "muted halo");
        }

        if (Curve.Where(vertex => vertex is { Low: not null, High: not null }).ToArray() is { Length: > 1 } banded)
        {
            canvas.Band([.. banded.Select(vertex => (x[vertex.X], y[vertex.Low!.Value], y[vertex.High!.Value]))], "current-band");
        }

        canvas.Polyline(Curve.Select(vertex => (x[vertex.X], y[vertex.Y])), "current-line");
        foreach (var vertex in Curve)
        {
            canvas.Reserve(x[vertex.X] - 1, y[vertex.Y] - 1, x[vertex.X] + 1, y[vertex.Y] + 1);
        }

        foreach (var mark in Marks.OrderByDescending(mark => mark.Kind))
        {
            (double px, double py) = (x[mark.X], y[mark.Y]);
            canvas.Reserve(px - 5, py - 5, px + 5, py + 5);
            switch (mark.Kind)
            {
                case CurveMarkKind.Best:
                    canvas.Diamond(px, py, "safe-dot");
                    canvas.Label(px, py, mark.Name, "halo strong", required: true);
                    break;
                case CurveMarkKind.Today:
                    canvas.Dot(px, py, "today-dot", 5.5);
                    canvas.Label(px, py, mark.Name, "halo strong", required: true);
                    break;
                default:
                    canvas.Dot(px, py, "current-dot", 2.5);
                    canvas.Label(px, py, mark.Name, "halo muted");
                    break;
            }
        }
    }

    private static Scale Limited(Axis axis, double most, double start, double end, int ticks) => axis.IsShare
        ? Scale.Nice(0, Math.Min(Math.Max(most, 0.001), 1), start, end, ticks)
        : Scale.Nice(0, Math.Max(most, 1), start, end, ticks);

    private static string Label(Axis axis, double tick) =>
        axis.IsShare ? Numbers.TickPercent(tick) : Numbers.Count(tick);
}
