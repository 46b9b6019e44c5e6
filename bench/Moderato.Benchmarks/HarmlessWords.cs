namespace Moderato.Benchmarks;

/// <summary>Sentences of our own that speak of nobody and are in no training set.</summary>
internal static class HarmlessWords
{
    private static readonly string[] Sentences =
    [
        "The bus to the airport runs every twenty minutes from stop four.",
        "Whisk the eggs with a pinch of salt before you fold in the flour.",
        "Tomorrow will be dry in the north, with a light breeze from the west.",
        "Please hold the button for three seconds until the lamp turns green.",
        "The library opens at ten and closes at six, on Saturdays at one.",
        "I painted the shelf last weekend and it still needs a second coat.",
        "Our street gets new lamps in spring, the old ones are too dim.",
        "The recipe asks for two onions, one carrot and a litre of stock.",
        "He moved the meeting to half past two because the room was taken.",
        "You can change the size of the window by dragging its corner.",
        "The second half started slowly and ended with a late corner kick.",
        "She planted tomatoes along the fence and beans behind the shed.",
        "A return ticket costs eleven euros and is good for the whole day.",
        "Our neighbours lent us their ladder so that we could clean the gutters.",
        "The museum shows old maps of the harbour until the end of May.",
        "Save the file under another name and then start the program again.",
        "We walked along the canal as far as the bridge and turned back there.",
        "The cat sleeps on the warm side of the sofa for most of the day.",
        "Mix equal parts of sand and compost and water it every other morning.",
        "The parcel was left with the people on the ground floor at noon.",
        "I am reading a long book about ships and the people who built them.",
        "Chapter three explains how the tide tables are to be read.",
        "The choir meets on Tuesdays in the small hall behind the school.",
        "My bicycle needs a new chain, the shop has it by Thursday.",
    ];

    /// <summary>The text, and whole sentences after it that the seed chooses: this many words or a few more.</summary>
    public static string After(string text, int words, int seed)
    {
        var random = new Random(seed);
        var said = new List<string>();
        while (said.Count < words)
        {
            said.AddRange(Sentences[random.Next(Sentences.Length)].Split(' '));
        }

        return $"{text} {string.Join(' ', said)}";
    }
}
