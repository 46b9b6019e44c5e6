using System.Text.RegularExpressions;

namespace Moderato.Server.Tests.Faults;

/// <summary>
/// What <c>strace</c> saw of a server: which decisions were in a write to the write-ahead log, which of these writes a successful sync of
/// the log followed, and whether that was before the first byte of the answer left. Lines stand in the order in which things happened; a
/// call that another thread's interrupts has two, and a write counts from its end, a sync covers what was written before it began and
/// counts from its end, an answer counts from its beginning.
/// </summary>
/// <param name="Answered">Decisions of which an answer left.</param>
/// <param name="TooEarly">Those whose answer left before their sync.</param>
/// <param name="Syncs">Successful syncs of the log.</param>
internal sealed partial record SyncTrace(IReadOnlySet<string> Answered, IReadOnlyList<string> TooEarly, int Syncs)
{
    public static SyncTrace Read(IEnumerable<string> lines)
    {
        var (written, synced, answered) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        var early = new List<string>();
        var begun = new Dictionary<string, string>();
        var covered = new Dictionary<string, List<string>>();
        int syncs = 0;
        foreach (string line in lines)
        {
            if (Call().Match(line) is not { Success: true } match)
            {
                continue;
            }

            string thread = match.Groups["thread"].Value;
            bool resumed = match.Groups["resumed"].Success;
            string call = resumed ? match.Groups["resumed"].Value : match.Groups["call"].Value;
            bool ends = !line.EndsWith("<unfinished ...>", StringComparison.Ordinal);
            string arguments = resumed ? begun.GetValueOrDefault(thread, "") : line;
            if (!resumed)
            {
                begun[thread] = line;
            }

            bool isLog = arguments.Contains(".db-wal>", StringComparison.Ordinal);
            switch (call)
            {
                case "pwrite64" when isLog && ends:
                    written.UnionWith(IdsIn(arguments));
                    break;
                case "fsync" or "fdatasync" when isLog:
                    if (!resumed)
                    {
                        covered[thread] = [.. written];
                    }

                    if (ends && line.EndsWith("= 0", StringComparison.Ordinal))
                    {
                        syncs++;
                        synced.UnionWith(covered[thread]);
                    }

                    break;
                case "write" or "sendto" or "sendmsg" when !resumed && arguments.Contains("HTTP/1.1 200", StringComparison.Ordinal):
                    foreach (string id in IdsIn(arguments).Where(answered.Add))
                    {
                        if (!synced.Contains(id))
                        {
                            early.Add(id);
                        }
                    }

                    break;
            }
        }

        return new(answered, early, syncs);
    }

    /// <summary>Ids of the contents that the test sends: no other bytes look like them.</summary>
    private static IEnumerable<string> IdsIn(string arguments) => Id().Matches(arguments).Select(match => match.Value);

    [GeneratedRegex(@"^(?<thread>\d+) +(?:<\.\.\. (?<resumed>\w+) resumed>|(?<call>\w+)\()")]
    private static partial Regex Call();

    [GeneratedRegex("sync-[0-9]{5}-id")]
    private static partial Regex Id();
}
