namespace Moderato.Investigation.Patterns.Signals;

/// <summary>Words and phrases that speak for a signal, separated by commas; compared as <see cref="TextScan"/> reads them.</summary>
/// <param name="Strong">One of these suffices.</param>
/// <param name="Weak">Of these it takes <paramref name="WeakNeeded"/> different ones.</param>
internal sealed record Cues(TextSignal Signal, string Strong, string Weak = "", int WeakNeeded = 2);
