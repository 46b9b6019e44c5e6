namespace Moderato.Policies;

/// <summary>The policy that the shipped release judges by: what the labels it was trained on mean, said as a rule.</summary>
public static class DefaultPolicy
{
    public const string Version = "1";

    /// <summary>The categories it has a definition of.</summary>
    public static IReadOnlyList<string> Defined { get; } = [Category.Hate, Category.Harassment, Category.Toxicity, Category.Profanity, Category.Spam];

    /// <summary>The definitions of these categories, in the order of <see cref="Category.All"/>.</summary>
    /// <exception cref="ArgumentException">There is no definition of one.</exception>
    public static Policy Of(IReadOnlyCollection<string> categories)
    {
        var missing = categories.Except(Definitions.Select(definition => definition.Category)).ToList();
        return missing.Count == 0
            ? new Policy { Version = Version, Categories = [.. Definitions.Where(definition => categories.Contains(definition.Category))] }
            : throw new ArgumentException($"The default policy does not define {string.Join(", ", missing)}.", nameof(categories));
    }

    private static IReadOnlyList<CategoryPolicy> Definitions { get; } =
    [
        new()
        {
            Category = Category.Hate,
            Definition = "Attacks, demeans, threatens or wishes harm on people because of who they are: ethnicity, nationality, religion, gender, sexual orientation, gender identity, disability or caste.",
            Violates = ["calls a group or its members inferior, dangerous, dirty or not human", "calls for excluding, hurting or killing them", "uses a slur to put a person down"],
            DoesNotViolate = ["quotes or reports hate in order to oppose it", "a slur that people use of themselves", "anger at an idea, a government, a company or a thing", "names a group without judging it"],
        },
        new()
        {
            Category = Category.Harassment,
            Definition = "Abuses a person who is addressed or named: insults, mocks, degrades or intimidates them.",
            Violates = ["insults the person one is talking to", "wishes a named person ill"],
            DoesNotViolate = ["criticises what somebody did or said", "swears at nobody", "banter that both sides join in"],
        },
        new()
        {
            Category = Category.Toxicity,
            Definition = "Rude, disrespectful or hostile so that people would want to leave the conversation.",
            Violates = ["insults, taunts or belittles", "swears at somebody"],
            DoesNotViolate = ["disagrees firmly and politely", "swears in joy or at a thing", "reports or quotes what somebody else said"],
        },
        new()
        {
            Category = Category.Profanity,
            Definition = "Contains swear words or obscene words, whatever they are meant as.",
            Violates = ["a swear word, also in joy or among friends", "a swear word with letters replaced"],
            DoesNotViolate = ["a medical or anatomical word", "a word that only contains the letters of one"],
        },
        new()
        {
            Category = Category.Spam,
            Definition = "Unasked-for bulk messages that sell, lure or defraud.",
            Violates = ["prize, loan, pharmacy and dating lures", "phishing", "the same advertisement to many people"],
            DoesNotViolate = ["a newsletter that was subscribed to", "a person recommending something in conversation"],
        },
    ];
}
