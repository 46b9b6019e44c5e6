namespace Moderato.Benchmarks.Size;

/// <summary>What the commands cost at what size, whole processes from reading the file on.</summary>
internal static class SizeTable
{
    public static string File(SizeFiles files, string kind, int rows) => kind switch
    {
        "csv" => files.Csv(rows),
        "parquet" => files.Parquet(rows),
        _ => files.Texts(rows),
    };
}
