namespace Moderato.Policies;

/// <summary>The kinds of harm, named as OpenAI's moderation API names them, and three of our own.</summary>
public static class Category
{
    public const string Hate = "hate";
    public const string HateThreatening = "hate/threatening";
    public const string Harassment = "harassment";
    public const string HarassmentThreatening = "harassment/threatening";
    public const string SelfHarm = "self-harm";
    public const string SelfHarmIntent = "self-harm/intent";
    public const string SelfHarmInstructions = "self-harm/instructions";
    public const string Sexual = "sexual";
    public const string SexualMinors = "sexual/minors";
    public const string Violence = "violence";
    public const string ViolenceGraphic = "violence/graphic";
    public const string Illicit = "illicit";
    public const string IllicitViolent = "illicit/violent";
    public const string Toxicity = "toxicity";
    public const string Profanity = "profanity";
    public const string Spam = "spam";

    /// <summary>Append only: a category's place here is the code that stored scores carry.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Hate, HateThreatening, Harassment, HarassmentThreatening, SelfHarm, SelfHarmIntent, SelfHarmInstructions,
        Sexual, SexualMinors, Violence, ViolenceGraphic, Illicit, IllicitViolent, Toxicity, Profanity, Spam,
    ];

    private static readonly Dictionary<string, ushort> Codes = All.Select((name, index) => (name, index)).ToDictionary(one => one.name, one => (ushort)one.index);

    public static bool IsKnown(string name) => Codes.ContainsKey(name);

    /// <exception cref="KeyNotFoundException">It is none of <see cref="All"/>.</exception>
    public static ushort CodeOf(string name) => Codes[name];

    public static string OfCode(ushort code) => All[code];
}
