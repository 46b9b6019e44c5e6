namespace Moderato.Benchmarks.Size;

/// <summary>Debian's Python with scikit-learn and pandas (apt-get install python3-sklearn python3-pandas), where it is there.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    private static readonly string Script = Path.Combine(SharedTexts.Root, "bench", "Moderato.Benchmarks", "Size", "peer.py");

    /// <summary>Its packages and their versions; null where they are not installed, which the table then says.</summary>
    public static string? Versions()
    {
        try
        {
            return MeasuredProcess.Run(
                Program, "-c", "import sys, sklearn, pandas; print(f'Python {sys.version.split()[0]}, scikit-learn {sklearn.__version__}, pandas {pandas.__version__}')").Output.Trim();
        }
        catch (Exception absent) when (absent is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <param name="work">A function of the script.</param>
    public static MeasuredProcess Run(string work, string path) => MeasuredProcess.Run(Program, Script, work, path);
}
