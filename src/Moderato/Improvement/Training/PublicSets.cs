using Moderato.Policies;

namespace Moderato.Improvement.Training;

/// <summary>The public sets that the shipped model was made from or is measured with. A set that is not named here is the operator's own.</summary>
public static class PublicSets
{
    /// <summary>Texts of our own (<see cref="Contrast.ContrastTexts"/>).</summary>
    public static PublicSet Contrast { get; } = new("contrast", SetUse.Train, "MIT", "Moderato");

    /// <summary>Texts of our own (<see cref="Training.Contrast.EverydayTexts"/>).</summary>
    public static PublicSet Everyday { get; } = new("everyday", SetUse.Train, "MIT", "Moderato");

    public static IReadOnlyList<PublicSet> All { get; } =
    [
        new("kennedy", SetUse.Train, "CC-BY-4.0", "Measuring Hate Speech, Kennedy et al. 2020, UC Berkeley D-Lab") { HeldOut = ["test"] },
        new("edos", SetUse.Train, "CC0-1.0", "EDOS, Kirk et al. 2023, SemEval task 10") { HeldOut = ["test"] },
        new("hatexplain", SetUse.Train, "MIT", "HateXplain, Mathew et al. 2021") { HeldOut = ["test"] },
        new("davidson", SetUse.Train, "MIT", "Automated Hate Speech Detection, Davidson et al. 2017"),
        new("toxigen", SetUse.Train, "MIT", "ToxiGen, Hartvigsen et al. 2022, Microsoft"),
        new("hatemoji-build", SetUse.Train, "CC-BY-4.0", "HatemojiBuild, Kirk et al. 2022") { HeldOut = ["test"] },
        new("misogyny-reddit", SetUse.Train, "MIT", "Expert Annotated Misogyny, Guest et al. 2021") { HeldOut = ["test"] },
        new("mlma", SetUse.Train, "MIT", "MLMA Hate Speech, Ousidhoum et al. 2019"),
        new("paradetox", SetUse.Train, "CC0-1.0", "ParaDetox, Logacheva et al. 2022"),
        new("toxic-spans", SetUse.Train, "CC0-1.0", "Toxic Spans, Pavlopoulos et al. 2021, on Civil Comments"),
        new("wikipedia-context", SetUse.Train, "Apache-2.0", "Context-sensitive toxicity, Pavlopoulos et al. 2020 and Xenos et al. 2021") { Natural = (Category.Toxicity, "perspective_api") },
        new("convabuse", SetUse.Train, "CC-BY-4.0", "ConvAbuse, Cercas Curry et al. 2021") { HeldOut = ["test"] },
        new("sms-spam", SetUse.Train, "CC-BY-4.0", "SMS Spam Collection, Almeida and Hidalgo 2011"),
        new("spamassassin", SetUse.Train, "CC0-1.0", "SpamAssassin public corpus, 2002"),
        new("film-plots", SetUse.Train, "CC-BY-4.0", "Film plots and reviews"),
        new("germeval2018", SetUse.Train, "CC-BY-4.0", "GermEval 2018, Wiegand et al.") { HeldOut = ["test"] },
        new("roman-urdu", SetUse.Train, "MIT", "RUHSOLD, Rizwan et al. 2020") { HeldOut = ["test"] },
        new("cold", SetUse.Train, "Apache-2.0", "COLD, Deng et al. 2022") { HeldOut = ["test"] },
        new("isarcasm", SetUse.Unlabelled, "MIT", "iSarcasmEval, Abu Farha et al. 2022"),
        new("told-br", SetUse.ShareAlike, "CC-BY-SA-4.0", "ToLD-Br, Leite et al. 2020"),
        new("kor-hate", SetUse.ShareAlike, "CC-BY-SA-4.0", "BEEP!, Moon et al. 2020"),
        new("surge-toxicity", SetUse.EvaluateOnly, "MIT", "Surge AI toxicity"),
        new("hatecheck", SetUse.EvaluateOnly, "CC-BY-4.0", "HateCheck, Röttger et al. 2021"),
        new("identity-madlibs", SetUse.EvaluateOnly, "CC-BY-4.0", "Identity phrase templates, Dixon et al. 2018"),
        new("goemotions", SetUse.Unlabelled, "Apache-2.0", "GoEmotions, Demszky et al. 2020"),
        new("dynahate", SetUse.Evaluate, "unclear", "Dynamically generated hate speech, Vidgen et al. 2021"),
        new("founta", SetUse.Evaluate, "unclear", "Large scale crowdsourcing of abusive behaviour, Founta et al. 2018"),
        new("olid", SetUse.Evaluate, "not found", "OLID, Zampieri et al. 2019"),
        new("medical-questions", SetUse.Evaluate, "unclear for its texts", "Medical questions of forums"),
        new("ag-news", SetUse.Evaluate, "not found", "AG news"),
        new("disaster-tweets", SetUse.Evaluate, "not found", "Disaster tweets"),
        new("illicit-requests", SetUse.Evaluate, "unclear in part", "Requests for illicit help"),
        new("conda-dota", SetUse.Evaluate, "not found", "CONDA, Weld et al. 2021"),
        new("gametox", SetUse.Evaluate, "not found", "GameTox"),
        new("offendes", SetUse.Evaluate, "not found", "OffendES, Plaza-del-Arco et al. 2021"),
        new("russe-detox", SetUse.Evaluate, "not found", "RUSSE detoxification 2022"),
    ];

    /// <summary>The set of that name, or one of the operator's own, which may be trained on.</summary>
    public static PublicSet Of(string name) =>
        All.FirstOrDefault(set => set.Name == name) ?? new PublicSet(name, SetUse.Train, "the operator's own", "the operator") { HeldOut = ["test"] };
}
