using BenchmarkDotNet.Running;
using Moderato.Benchmarks;

// A race or a table has a verb of its own; everything else is BenchmarkDotNet's.
switch (args)
{
    case ["languages"]:
        LanguageRace.Run();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
