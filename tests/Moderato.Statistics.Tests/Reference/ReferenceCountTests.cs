using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Moderato.Statistics.Tests.Reference;

/// <summary>
/// Counts what the reference tests compare: every theory over a file is run with every one of its rows, and what each case
/// expected, compared and left out is pinned in <c>counted.txt</c>. After a change that is meant, run it once with
/// <c>MODERATO_GOLDEN=write</c> and read the difference.
/// </summary>
public sealed class ReferenceCountTests
{
    private static readonly string Here = Path.GetDirectoryName(ThisFile())!;

    [Fact]
    public void The_copies_are_the_originals()
    {
        string originals = Environment.GetEnvironmentVariable("MODERATO_REFERENCE") ?? Path.GetFullPath(Path.Combine(Here, "../../../../shared/reference"));
        Assert.SkipUnless(Directory.Exists(originals), $"The originals are not here: no folder {originals} (MODERATO_REFERENCE).");
        string[] names = [.. Directory.GetFiles(originals, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

        Assert.Equal(names, Directory.GetFiles(Here, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(originals, name)), File.ReadAllBytes(Path.Combine(Here, name))));
    }

    [Fact]
    public void Every_case_of_every_file_is_compared_or_left_out_with_its_reason()
    {
        var cases = new SortedDictionary<string, Dictionary<string, ReferenceCase>>(StringComparer.Ordinal);
        ReferenceFile.Listen(
            (file, passed) =>
            {
                cases.TryAdd(file.Theme, []);
                cases[file.Theme][passed.Name] = passed;
            },
            RunTheories);

        foreach (string path in Directory.GetFiles(Here, "*.json"))
        {
            string theme = Path.GetFileNameWithoutExtension(path);
            Assert.Contains(theme, cases.Keys);
            Assert.Equal(
                ReferenceFile.Read(theme).Names.Select(row => row.Data).Order(StringComparer.Ordinal), cases[theme].Keys.Order(StringComparer.Ordinal));
        }

        string counted = Text(cases), golden = Path.Combine(Here, "counted.txt");
        if (Environment.GetEnvironmentVariable("MODERATO_GOLDEN") == "write")
        {
            File.WriteAllText(golden, counted);
        }

        Assert.Equal(File.ReadAllText(golden).ReplaceLineEndings("\n"), counted);
    }

    /// <summary>Every theory of a class that holds a reference file, with every row of its member data.</summary>
    private static void RunTheories()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var type in typeof(ReferenceCountTests).Assembly.GetTypes()
            .Where(type => type.GetFields(Static).Any(field => field.FieldType == typeof(ReferenceFile))))
        {
            foreach (var method in type.GetMethods().Where(method => method.GetCustomAttribute<TheoryAttribute>() is not null))
            {
                foreach (var member in method.GetCustomAttributes<MemberDataAttribute>())
                {
                    if (type.GetProperty(member.MemberName)?.GetValue(null) is TheoryData<string> rows && method.GetParameters().Length == 1)
                    {
                        foreach (var row in rows)
                        {
                            method.Invoke(method.IsStatic ? null : Activator.CreateInstance(type), [row.Data]);
                        }
                    }
                }
            }
        }
    }

    private static string Text(SortedDictionary<string, Dictionary<string, ReferenceCase>> cases)
    {
        var text = new StringBuilder();
        var (allCases, allExpected, allLeft) = (0, 0, 0);
        foreach (var (theme, of) in cases)
        {
            int expected = of.Values.Sum(one => one.Count().Expected), left = of.Values.Sum(one => one.Count().LeftOut);
            (allCases, allExpected, allLeft) = (allCases + of.Count, allExpected + expected, allLeft + left);
            text.Append(CultureInfo.InvariantCulture, $"{theme}.json: {of.Count} cases, {expected - left} values compared, {left} left out\n");
            foreach (var why in of.Values
                .SelectMany(one => one.LeftOut.Select(left => (left.Why, one.Name, left.Path)))
                .GroupBy(left => left.Why, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {why.Key}\n");
                foreach (string at in why.Select(left => left.Path.Length == 0 ? left.Name : $"{left.Name}: {left.Path}").Order(StringComparer.Ordinal))
                {
                    text.Append(CultureInfo.InvariantCulture, $"    {at}\n");
                }
            }
        }

        return text.Append(CultureInfo.InvariantCulture, $"all: {allCases} cases, {allExpected - allLeft} values compared, {allLeft} left out\n").ToString();
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
