namespace Moderato.Benchmarks.Size;

/// <summary>The decision files of the size tables, written once into one folder.</summary>
internal sealed class SizeFiles(string folder)
{
    public string Folder => folder;

    public static SizeFiles In(string folder)
    {
        Directory.CreateDirectory(folder);
        return new(Path.GetFullPath(folder));
    }

    public string Csv(int rows) => Once($"decisions-{rows}.csv", path => DecisionFile.WriteCsv(path, rows));

    public string Parquet(int rows) => Once($"decisions-{rows}.parquet", path => DecisionFile.WriteParquet(Csv(rows), path));

    public string Texts(int rows) => Once($"texts-{rows}.csv", path => TextDecisionFile.Write(path, rows));

    private string Once(string name, Action<string> write)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            string unfinished = path + ".part";
            write(unfinished);
            File.Move(unfinished, path);
        }

        return path;
    }
}
