namespace Moderato.Investigation.Patterns.Signals;

/// <summary>
/// Function words by language of the Latin script, each chosen because it is common in its language and no word of the
/// others. Two languages with <see cref="Needed"/> different ones each in one text are code-switching. What language a text is in is
/// a question for the language detector; this only asks whether there are two.
/// </summary>
internal static class LanguageCues
{
    public const int Needed = 3;

    public static IReadOnlyList<string> FunctionWords { get; } =
    [
        "the, and, you, with, this, that, what, your, they, have, from, because, would, there, just, about, when, who, how",
        "pero, porque, también, muy, está, estoy, eres, cuando, donde, nosotros, ellos, usted, esto, eso, hay, qué, tengo, siempre, bien, ahora",
        "você, não, também, muito, isso, aqui, então, meu, minha, ele, dele, uma, quando, porque, estou, vocês, gente, agora",
        "dans, vous, nous, très, cest, avec, elle, mais, être, cette, pas, ils, suis, parce, quand, leur, jai, toujours",
        "und, nicht, ich, auch, aber, wir, mit, dass, für, eine, ist, das, sich, sind, wenn, noch, schon, immer",
        "che, perché, sono, questo, anche, della, degli, quando, cosa, molto, ancora, sempre, questa, fatto, gli",
        "hai, nahi, kya, mein, tum, bhai, kyun, yeh, hain, raha, rahe, karo, toh, aur, kuch, mera, apna, hota, gaya, koi",
        "ang, ako, ikaw, naman, kasi, yung, mga, lang, nga, hindi, siya, kayo, sila, wala, meron, talaga, dito",
        "yang, tidak, saya, dengan, kamu, untuk, itu, dari, bisa, sudah, juga, karena, orang, kalau, aja, nggak",
        "bir, için, ben, değil, çok, ama, bu, daha, gibi, olan, sen, kadar, şey, ne, var",
        "het, een, niet, maar, jij, wat, voor, zijn, naar, ook, deze, wij, waar, heeft",
        "nie, jest, się, że, ale, jak, tylko, przez, jego, była, dla, bardzo",
    ];
}
