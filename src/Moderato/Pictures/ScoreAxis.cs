namespace Moderato.Pictures;

/// <summary>The bands of a picture of scores side by side, each as wide as the others whatever it spans.</summary>
internal sealed class ScoreAxis(IReadOnlyList<ScoreShare> bands, double left, double right)
{
    /// <summary>The pixel of a score in [0,1].</summary>
    public double this[double score]
    {
        get
        {
            int band = 0;
            while (band < bands.Count - 1 && score >= bands[band].To)
            {
                band++;
            }

            double part = Math.Clamp((score - bands[band].From) / (bands[band].To - bands[band].From), 0, 1);
            return left + ((band + part) / bands.Count * (right - left));
        }
    }

    public void Draw(Canvas canvas, double y)
    {
        bool isEven = bands.All(band => Math.Abs(band.To - band.From - (bands[0].To - bands[0].From)) < 1e-9);
        canvas.Line(left, y, right, y, "axis");
        double free = double.NegativeInfinity;
        foreach (double edge in bands.Select(band => band.From).Append(bands[^1].To).Where(edge => !isEven || Math.Abs((edge * 5) - Math.Round(edge * 5)) < 1e-9))
        {
            string text = edge.ToString("0.0##", System.Globalization.CultureInfo.InvariantCulture);
            double half = Canvas.TextWidth(text) / 2;
            if (this[edge] - half > free)
            {
                canvas.Text(this[edge], y + 17, text, this[edge] + half > canvas.Width ? "end" : "middle", "muted");
                free = this[edge] + half + 6;
            }
        }

        canvas.Text((left + right) / 2, y + 36, isEven ? "score" : "score, in bands that narrow towards 0 and 1", "middle", "muted");
    }
}
