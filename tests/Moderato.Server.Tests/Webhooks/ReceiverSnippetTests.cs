using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Moderato.Server.Tests.Webhooks;

/// <summary>What the documentation tells a receiver to do is what it says: its code is run.</summary>
public sealed class ReceiverSnippetTests
{
    private const string Secret = "whsec_test";
    private const string Body = """{"id":"e7","type":"decision.made"}""";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static string Documentation { get; } = File.ReadAllText(Path.Combine(Root(), "docs", "server.md"));

    public static TheoryData<string, bool> Signatures => new()
    {
        { Sign(Now, Body, Secret), true },
        { Sign(Now, Body, "another") + "," + Sign(Now, Body, Secret).Split(',')[1], true },
        { Sign(Now, Body, "another"), false },
        { Sign(Now, Body + " ", Secret), false },
        { Sign(Now - TimeSpan.FromMinutes(10), Body, Secret), false },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public void The_documented_check_in_csharp_accepts_what_is_ours_and_nothing_else(string signature, bool ours)
    {
        Assert.Contains(ThisMethod(), Snippet("csharp").ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(ours, IsOurs(signature, Encoding.UTF8.GetBytes(Body), Secret, Now));
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public void The_documented_check_in_javascript_accepts_what_is_ours_and_nothing_else(string signature, bool ours)
    {
        string program = $"const crypto = require('crypto');\n{Snippet("js")}\nconsole.log(isOurs({Quoted(signature)}, Buffer.from({Quoted(Body)}), {Quoted(Secret)}));";
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", ["-e", program]) { RedirectStandardOutput = true })!;
            Assert.Equal(ours ? "true" : "false", node.StandardOutput.ReadToEnd().Trim());
            node.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "node is not installed.");
            throw;
        }
    }

    // snippet
    private static bool IsOurs(string signature, byte[] body, string secret, DateTimeOffset now)
    {
        var parts = signature.Split(',').Select(part => part.Split('=', 2)).ToLookup(part => part[0], part => part[1]);
        string t = parts["t"].First();
        byte[] signed = [.. Encoding.ASCII.GetBytes(t + "."), .. body];
        byte[] expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        return Math.Abs(now.ToUnixTimeSeconds() - long.Parse(t, CultureInfo.InvariantCulture)) < 300
            && parts["v1"].Any(v1 => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(v1), expected));
    }
    // end

    /// <summary>The method as it stands here, without its indentation.</summary>
    private static string ThisMethod([CallerFilePath] string file = "")
    {
        string source = File.ReadAllText(file).ReplaceLineEndings("\n");
        string method = source[(source.IndexOf("    // snippet\n", StringComparison.Ordinal) + "    // snippet\n".Length)..source.IndexOf("    // end\n", StringComparison.Ordinal)];
        return string.Join('\n', method.Split('\n').Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line)).Trim();
    }

    private static string Snippet(string language)
    {
        string begin = $"```{language}\n";
        int at = Documentation.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return Documentation[at..Documentation.IndexOf("```", at, StringComparison.Ordinal)];
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Sign(DateTimeOffset at, string body, string secret)
    {
        long seconds = at.ToUnixTimeSeconds();
        string mac = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}")));
        return $"t={seconds},v1={mac}";
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
