namespace Moderato.Drills.Simulation;

/// <summary>A way of writing, and what it does to a classifier.</summary>
/// <param name="Weight">Share of ordinary traffic, relative to the others.</param>
/// <param name="Surfaces">Where it is written, with shares that add up to 1.</param>
/// <param name="Tone">Shift of a tone classifier's score on safe content, in logits.</param>
/// <param name="Selling">Shift of a spam classifier's score on safe content, in logits.</param>
/// <param name="Code">What a person who codes a false positive of it writes on the sheet.</param>
/// <param name="Casual">Written on a phone: small letters, missing full stops, emoji.</param>
internal sealed record Register(
    string Name, double Weight, (string Surface, double Share)[] Surfaces, double Tone, double Selling, string Code, bool Casual)
{
    public const string Gaming = "gaming";
    public const string Banter = "banter";
    public const string Stream = "stream";
    public const string Chain = "chain";

    /// <summary>Registers of ordinary traffic. A surface that only one of them uses (game-chat, ticket, review, profile) is a slice of its own.</summary>
    public static IReadOnlyList<Register> Usual { get; } =
    [
        new("everyday", .33, [("comment", .45), ("chat", .35), ("post", .2)], 0, 0, "other", true),
        new(Gaming, .06, [("game-chat", 1)], .6, 0, "fiction", true),
        new("news", .16, [("comment", .85), ("post", .15)], .4, 0, "news", false),
        new("medical", .06, [("post", .8), ("comment", .2)], .3, 0, "medicine", false),
        new("fiction", .05, [("post", .9), ("comment", .1)], .4, 0, "fiction", false),
        new("counter-speech", .015, [("comment", 1)], .7, 0, "counter-speech", false),
        new("quotation", .012, [("comment", .6), ("post", .4)], .8, 0, "quotation", false),
        new("reclaimed", .008, [("chat", .5), ("post", .5)], .8, 0, "reclaimed use", true),
        new("dialect", .06, [("chat", .6), ("comment", .4)], .4, 0, "language or dialect", true),
        new("support", .09, [("ticket", 1)], -.2, .6, "other", false),
        new("review", .10, [("review", 1)], -.3, .8, "other", false),
        new("bio", .03, [("profile", 1)], -.2, .3, "other", false),
        new(Banter, .004, [("chat", .8), ("comment", .2)], 1, 0, "borderline", true),
        new(Chain, .01, [("post", .5), ("comment", .5)], -1.5, .2, "other", false),
    ];

    public static Register Of(string name) =>
        Usual.FirstOrDefault(register => register.Name == name) ?? name switch
        {
            Stream => new(Stream, 0, [("stream-chat", 1)], .6, 0, "fiction", true),
            "flood" => new("flood", 0, [("comment", .6), ("chat", .4)], .8, .2, "sarcasm", false),
            _ when name.StartsWith("event/", StringComparison.Ordinal) => new(name, 0, [("comment", .7), ("post", .2), ("chat", .1)], .6, 0, "news", true),
            _ => throw new ArgumentException($"There is no register {name}.", nameof(name)),
        };
}
