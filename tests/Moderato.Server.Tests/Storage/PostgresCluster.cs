using System.Diagnostics;
using System.Globalization;

[assembly: AssemblyFixture(typeof(Moderato.Server.Tests.Storage.PostgresClusterEnd))]

namespace Moderato.Server.Tests.Storage;

/// <summary>A real PostgreSQL 15 of our own: made by <c>initdb</c> in a temporary folder, reached by a Unix socket, stopped with the tests.</summary>
public sealed class PostgresCluster : IDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";

    private static readonly Lazy<PostgresCluster> Shared = new(() => new PostgresCluster());
    private static int databases;

    private readonly string folder = Directory.CreateTempSubdirectory("moderato-pg-").FullName;

    /// <summary>One for a test that stops it; the others share one.</summary>
    public PostgresCluster()
    {
        AsPostgres("chown", $"-R postgres {folder}", asPostgres: false);
        AsPostgres($"{Binaries}/initdb", $"-D {folder}/data -U postgres --auth=trust -E UTF8 --no-locale --no-sync");
        Start();
    }

    public static bool IsInstalled => File.Exists($"{Binaries}/initdb");

    /// <summary>Stops it if a test has started it.</summary>
    public static void End()
    {
        if (Shared.IsValueCreated)
        {
            Shared.Value.Dispose();
        }
    }

    /// <summary>The connection string of a new, empty database.</summary>
    public static string NewDatabase() => Shared.Value.CreateDatabase();

    public string CreateDatabase()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref databases)}");
        AsPostgres($"{Binaries}/createdb", $"-h {folder} {name}");
        return $"Host={folder};Database={name};Username=postgres;Maximum Pool Size=30";
    }

    /// <summary>Stops it as a crash would: at the next start it recovers from its log.</summary>
    public void Crash() => AsPostgres($"{Binaries}/pg_ctl", $"-D {folder}/data -m immediate stop");

    public void Start() => AsPostgres($"{Binaries}/pg_ctl", $"-D {folder}/data -w -l {folder}/log -o \"-k {folder} -c listen_addresses='' -c max_connections=200\" start");

    public void Dispose()
    {
        Crash();
        Directory.Delete(folder, recursive: true);
    }

    private static void AsPostgres(string program, string arguments, bool asPostgres = true)
    {
        // PostgreSQL refuses to run as root.
        bool change = asPostgres && Environment.UserName == "root";
        using var process = Process.Start(new ProcessStartInfo(change ? "runuser" : program, change ? $"-u postgres -- {program} {arguments}" : arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}.");
        }
    }
}

/// <summary>Ends the cluster after the last test: no process may outlive the run, and none may keep it from ending.</summary>
public sealed class PostgresClusterEnd : IDisposable
{
    public void Dispose() => PostgresCluster.End();
}
