using System.Globalization;
using BenchmarkDotNet.Running;
using Moderato.Benchmarks;
using Moderato.Benchmarks.RealIncidents;
using Moderato.Benchmarks.Serving;
using Moderato.Benchmarks.Size;

// A race or a table has a verb of its own; everything else is BenchmarkDotNet's.
switch (args)
{
    case ["languages"]:
        LanguageRace.Run();
        break;
    case ["cost"]:
        NgramCost.Run();
        break;
    case ["fasttext"]:
        FastTextRace.Run();
        break;
    case ["score"]:
        FastTextRace.Score();
        break;
    case ["fuzz"]:
        return Fuzz.Run();
    case ["incidents", "join", var lines]:
        IncidentConfusion.Join(File.ReadLines(lines));
        break;
    case ["incidents", ..]:
        IncidentConfusion.Run(
            args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 300, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0, args.ElementAtOrDefault(3), Console.Out);
        break;
    case ["real-incidents", ..]:
        await RealConfusion.Run(
            args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 6,
            args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1,
            args.Length > 3 && args[3] != "all" ? args[3] : null,
            args.Length > 4 ? args[4] : null,
            write: args.Length <= 2);
        break;
    case ["settings"]:
        SettingsTable.Run();
        break;
    case ["dilution"]:
        DilutionTable.Run();
        break;
    case ["coverage", ..]:
        CoverageTables.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4_000, args.Length > 2 ? args[2] : "");
        break;
    case ["quality"]:
        QualityTable.Run();
        break;
    case ["perspective"]:
        PerspectiveTable.Run();
        break;
    case ["size", var folder, ..]:
        SizeTable.Run(SizeFiles.In(folder), args.ElementAtOrDefault(2));
        break;
    case ["curve-race", var folder]:
        CurveRace.Run(SizeFiles.In(folder));
        break;
    case ["slices-large"]:
        SlicesLarge.Run();
        break;
    case ["slices-large-search"]:
        SlicesLarge.Search();
        break;
    case ["injection", ..]:
        await InjectionTable.RunAsync(args.Length > 1 ? args[1] : null);
        break;
    case ["empty-endpoint", var url]:
        EmptyEndpoint.Run(url);
        break;
    case ["serve-race"]:
        await ServeRace.RunAsync();
        break;
    case ["rows", ..]:
        await RowsTable.RunAsync(args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 20_000_000);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

return 0;
