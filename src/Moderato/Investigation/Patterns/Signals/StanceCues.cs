namespace Moderato.Investigation.Patterns.Signals;

/// <summary>
/// How the author stands to what the words say: denies it, quotes it, mocks it, owns it, opposes it. The few slurs in here
/// stand in the phrases in which their groups use them of themselves; without them those uses cannot be told.
/// </summary>
internal static class StanceCues
{
    public static Cues Quotation { get; } = new(
        TextSignal.Quotation,
        Strong: """
            called me a, called me an, called him a, called him an, called her a, called her an, called us, calling me a,
            calls me a, and i quote, quote unquote, me llamó, me llamaron, me dijo que, nannte mich, nannten mich,
            hat mich als, ma traité de, ma traitée de, me chamou de, me chamaram de, disse que eu, mi ha chiamato,
            назвал меня, назвала меня
            """);

    public static Cues Negation { get; } = new(
        TextSignal.Negation,
        Strong: """
            not, never, no one, nobody, neither, cannot, cant, dont, doesnt, didnt, isnt, arent, wasnt, werent, wont, wouldnt,
            shouldnt, couldnt, havent, hasnt, hadnt, aint, nunca, jamás, tampoco, nadie, no es, no me, no te, no lo, no le, no se,
            no hay, no soy, no son, no tengo, no quiero, no puedo, não, ninguém, jamais, est pas, ai pas, as pas, sont pas,
            suis pas, fait pas, sais pas, veux pas, peut pas, aucun, aucune, personne ne, nicht, kein, keine, keinen, keiner,
            niemals, niemand, non è, non sono, non ho, nessuno, niet, geen, nooit, не, нет, никогда, никто, ні, ніколи, nigdy,
            nie jest, değil, asla, hiçbir, لا, ليس, ليست, لم, لن, לא, אין, नहीं, नही, nahi, nahin, nhi, tidak, bukan, jangan,
            不是, 没有, 不会, 不要, 不能, ない, ません, inte, ikke, aldrig
            """);

    public static Cues Sarcasm { get; } = new(
        TextSignal.SarcasmCue,
        Strong: """
            /s, #sarcasm, #sarcastic, #sarcasme, #sarcasmo, #ironie, #irony, #not, oh great, oh joy, yeah right, sure jan,
            oh sure, gee thanks, what a surprise, how surprising, color me shocked, colour me shocked, color me surprised,
            colour me surprised, shocked i tell you, slow clap, thanks obama, what could possibly go wrong, what could go wrong,
            said no one ever, said nobody ever, cool story bro, big surprise, just what i needed, just what we needed,
            just what i wanted, dont you just love, you just love it, well done genius, nice one genius, way to go genius,
            good job genius, oh how lovely, how nice of you to, isnt that special, who would have thought, who wouldve thought,
            whod have thought, truly shocking, absolutely shocking, sí claro, qué sorpresa, menuda sorpresa, na toll, na super,
            wer hätte das gedacht, ben voyons, quelle surprise, só que não, #sqn, che sorpresa, ага конечно
            """);

    public static Cues ReclaimedUse { get; } = new(
        TextSignal.ReclaimedUseCue,
        Strong: """
            as a gay man, as a gay woman, as a gay person, as a gay guy, as a lesbian, as a bisexual, as a trans man,
            as a trans woman, as a trans person, as a queer man, as a queer woman, as a queer person, as a black man,
            as a black woman, as a black person, as a muslim i, as a muslim myself, as a jew i, as a jew myself,
            as a jewish person, as an asian man, as an asian woman, as a disabled person, as an autistic person, im gay, i am gay,
            im a lesbian, i am a lesbian, im queer, i am queer, im trans, i am trans, im black, i am black, im jewish,
            i am jewish, im muslim, i am muslim, im autistic, i am autistic, im bisexual, i am bisexual, we queers, us queers, we gays, us gays,
            my fellow queers, queer and proud, gay and proud, black and proud, trans and proud, proud queer, proud dyke,
            proud faggot, dyke march, dykes on bikes, slut walk, slutwalk, boss bitch, my nigga, my niggas, my niggaz, ma nigga,
            real nigga, real niggas, us niggas, soy gay, soy lesbiana, soy trans, soy negra, soy negro, soy marica, sou gay,
            sou lésbica, sou trans, sou negra, sou negro, sou preto, sou preta, bin schwul, bin lesbisch, bin trans, bin jude,
            bin jüdin, bin muslim, je suis gay, je suis lesbienne, je suis trans, je suis noir, je suis noire, je suis juif,
            je suis juive, je suis musulman, je suis musulmane, sono gay, sono lesbica, sono trans, sono nera, sono ebreo
            """);

    public static Cues CounterSpeech { get; } = new(
        TextSignal.CounterSpeechCue,
        Strong: """
            thats racist, that is racist, this is racist, thats sexist, that is sexist, this is sexist, thats homophobic,
            that is homophobic, this is homophobic, thats transphobic, that is transphobic, thats antisemitic,
            that is antisemitic, is hate speech, stop being racist, youre being racist, dont be racist, dont be homophobic,
            dont use that word, stop calling people, dont call people, not okay to call, not ok to call, not okay to say,
            is a slur, the n word, the f slur, using slurs, uses slurs, say no to racism, no to racism, against racism,
            against hate, against antisemitism, against islamophobia, against homophobia, against transphobia, against sexism,
            end racism, fight racism, stop racism, stop hate, love not hate, no place for hate, no place for racism, hate has no,
            racism has no, fuck nazis, punch nazis, fuck racism, fuck racists, stand up to racism, eso es racista,
            eso es homofóbico, eso es machista, no al racismo, contra el racismo, contra el odio, contra la homofobia,
            isso é racismo, racismo é crime, homofobia é crime, contra o racismo, contra o ódio, das ist rassistisch,
            gegen rassismus, gegen hass, kein platz für hass, kein platz für nazis, cest raciste, contre le racisme,
            contre la haine, questo è razzista, contro il razzismo, contro lodio, против расизма, это расизм
            """);

    public static Cues Dialect { get; } = new(
        TextSignal.DialectSpelling,
        Strong: """
            finna, tryna, deadass, wagwan, gwaan, mandem, gyaldem, innit, cannae, dinnae, wasnae, didnae, isnae, willnae, couldnae,
            nuffin, sumn, sumthin, bouta, iont, talmbout, whatchu, watchu, gotchu, yall aint, aint nobody, aint got, aint no
            """,
        Weak: "yall, aint, dat, dis, dem, dey, wit, wat, da, imma, ima, lil, bruh, naw, aye, ya, em, gon, cuz, homie, thang, mah, mo",
        WeakNeeded: 3);
}
