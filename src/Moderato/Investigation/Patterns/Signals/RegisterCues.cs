namespace Moderato.Investigation.Patterns.Signals;

/// <summary>Registers in which violent, sexual and abusive words are often used benignly.</summary>
internal static class RegisterCues
{
    public static Cues News { get; } = new(
        TextSignal.NewsRegister,
        Strong: """
            breaking news, reuters, associated press, police said, officials said, authorities said, according to police,
            according to officials, according to authorities, told reporters, press conference, news conference, spokesman said,
            spokeswoman said, spokesperson said, said in a statement, news agency, death toll, prosecutors said, sentenced to,
            arrested on suspicion, charged with murder, was arrested, were arrested, found guilty, pleaded guilty, pleads guilty,
            pled guilty, said on monday, said on tuesday, said on wednesday, said on thursday, said on friday, said on saturday,
            said on sunday, officials say, police say, peace talks, human rights watch, foreign ministry, prosecutors say,
            según la policía, según fuentes, según las autoridades, autoridades informaron, conferencia de prensa,
            laut polizei, teilte die polizei, polizei mitteilte, pressekonferenz, selon la police, selon les autorités,
            conférence de presse, segundo a polícia, segundo as autoridades, coletiva de imprensa, secondo la polizia,
            conferenza stampa, по данным полиции, сообщили в полиции, риа новости, 新华社, 据报道, 警方通报,
            記者会, 경찰은, 기자회견, وكالة أنباء, بحسب الشرطة
            """,
        Weak: """
            police, officials, reportedly, suspect, suspects, arrested, killed, killing, injured, wounded, victims, minister,
            president, parliament, troops, soldiers, gunman, gunmen, militants, rebels, insurgents, hostages, bombing, explosion,
            attacks, election, investigators, authorities, reporters, journalist, prosecutors, sentenced, convicted, lawsuit,
            airstrike, airstrikes, ceasefire, government, spokesman, spokeswoman, embassy, sanctions, afghanistan, iraq, gaza,
            ukraine, baghdad, kabul, policía, detenido, detenidos, muertos, heridos, fiscalía, gobierno, ministro, polizei,
            verletzt, festgenommen, minister, regierung, policiers, blessés, gouvernement, arrêté, ministre, polícia, feridos,
            governo, preso, polizia, feriti, governo, arrestato, полиция, погибли, задержан, министр, президент
            """,
        WeakNeeded: 3);

    public static Cues Medical { get; } = new(
        TextSignal.MedicalRegister,
        Strong: """
            side effects, blood pressure, blood test, blood tests, blood work, pap smear, ultrasound, birth control,
            gynecologist, gynaecologist, urologist, dermatologist, cardiologist, diagnosed with, been diagnosed, prescribed me,
            was prescribed, biopsy, antibiotic, antibiotics, chemotherapy, menstrual, ovulation, ovulating, miscarriage,
            erectile dysfunction, urinary tract, yeast infection, weeks pregnant, months pregnant, am pregnant,
            hiv positive, ct scan, mri, hiv test, blood sugar, sore throat, lymph node, lymph nodes, thyroid, ibuprofen,
            amoxicillin, paracetamol, gallbladder, colonoscopy, symptoms of, treatment for, std test,
            efectos secundarios, estoy embarazada, presión arterial, análisis de sangre, efeitos colaterais, estou grávida,
            pressão arterial, exame de sangue, nebenwirkungen, blutdruck, bin schwanger, frauenarzt, effets secondaires,
            je suis enceinte, tension artérielle, prise de sang, effetti collaterali, sono incinta, побочные эффекты,
            артериальное давление, анализ крови, 副作用, 症状, 부작용, الآثار الجانبية
            """,
        Weak: """
            doctor, symptom, symptoms, pain, painful, bleeding, bleed, swollen, swelling, itching, itchy, rash, infection, infected,
            pregnant, pregnancy, vaginal, vagina, penis, testicle, testicles, breast, breasts, nipple, discharge, surgery, surgeon,
            medication, medications, medicine, treatment, cancer, dose, dosage, mg, pill, pills, fever, nausea, vomiting, diarrhea,
            constipation, hiv, std, herpes, chlamydia, diabetes, diabetic, lump, bump, ulcer, tumor, cyst, kidney, liver, bladder,
            ovary, ovaries, uterus, cervix, hormone, hormones, insulin, allergic, allergy, cough, vaccine, urine, rectum, anus,
            migraine, inflammation, steroid, abdomen, intercourse, menopause, puberty, médico, síntomas, dolor, sangrado, embarazada,
            infección, tratamiento, medicamento, fiebre, cirugía, sintomas, dor, sangramento, grávida, infecção, tratamento, febre,
            arzt, symptome, schmerzen, schwanger, blutung, entzündung, medikament, behandlung, fieber, médecin, symptômes, douleur,
            enceinte, saignement, traitement, fièvre, sintomi, dolore, incinta, farmaco, врач, врача, симптомы, боль, беременна,
            лечение, кровотечение, инфекция
            """);

    public static Cues Gaming { get; } = new(
        TextSignal.GamingRegister,
        Strong: """
            ggwp, gg wp, gg ez, ez gg, nice gg, gg go, gg end, glhf, gl hf, noob, noobs, n00b, respawn, respawns, respawned, headshot, headshots, killstreak,
            matchmaking, final boss, boss fight, raid boss, nerf, nerfed, mmr, ragequit, rage quit, aimbot, wallhack, speedrun,
            battle royale, fortnite, minecraft, dota, league of legends, call of duty, overwatch, valorant, world of tanks, csgo,
            roblox, loadout, skill tree, gank, ganked, ganking, mid lane, top lane, bot lane, jungler, killsteal, last hit,
            kill steal, gameplay, multiplayer, side quest, team fight, teamfight, video games, video game,
            jefe final, partida clasificatoria, modo multijugador, endgegner, mehrspieler, boss de fin, chefão, катка, нуб, нубы
            """,
        Weak: """
            boss, lobby, spawn, ult, ulti, tank, tanks, healer, raid, loot, mid, jungle, kills, enemy, sniper, server, lag, buff, xp,
            hp, lane, feeder, defend, heal, carry, afk, ping, ward, wards, creep, creeps, camper, camping, arty, smurf, gg, dps
            """,
        WeakNeeded: 3);

    public static Cues Fiction { get; } = new(
        TextSignal.FictionRegister,
        Strong: """
            this film, the film is, the film has, the movie is, this movie, the novel, this novel, the protagonist, main character,
            main characters, the plot, season finale, fan fiction, fanfic, fanfiction, box office, screenplay, directed by,
            horror movie, horror film, short story, the villain, character development, plot twist, romantic comedy, film noir,
            action movie, the sequel, the screenwriter, the screenwriters, science fiction, murder mystery, true crime series,
            la película, esta película, la novela, la protagonista, el protagonista, o filme, este filme, a protagonista,
            der film, im film, diesem film, der roman, hauptfigur, drehbuch, le film, ce film, le roman, le personnage, il film,
            questo film, il romanzo, фильм, фильма, фильме, роман, персонаж, 电影, 小说, 映画, 영화
            """,
        Weak: """
            film, films, movie, movies, novel, character, characters, scene, scenes, chapter, episode, episodes, actor, actors,
            actress, director, plot, comedy, thriller, drama, villain, cinematic, cinema, narrative, sequel, remake, documentary,
            fantasy, protagonist, storytelling, filmmaker, filmmakers, audience, performances, dialogue, personaje, escena, capítulo,
            actriz, comedia, personagem, cena, schauspieler, szene, kapitel, acteur, scène, chapitre, attore, сцена, актёр, актер
            """);
}
