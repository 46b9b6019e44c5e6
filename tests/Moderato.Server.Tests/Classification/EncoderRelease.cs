using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Tests.Hosting;
using Moderato.Tests;

namespace Moderato.Server.Tests.Classification;

/// <summary>The shipped release with the shared encoder behind it for all of <c>hate</c>.</summary>
internal static class EncoderRelease
{
    private const string Definition = """
        {
         "version": "encoder-minilm.w8", "model": "encoder-minilm.w8.onnx", "maxTokens": 128, "activation": "none",
         "sha256": {"encoder-minilm.w8.onnx": "5bcb4fc67ad9a13c91623598fd9f5ca4a3f82a38649d3b90b2685f68f5801e98"},
         "tokenizer": {"kind": "wordPiece", "vocabulary": "encoder-minilm.vocab.txt"},
         "inputs": {"segments": "token_type_ids"}, "outputs": {"scores": "scores"},
         "labels": ["hate", "toxicity", "profanity", "harassment", "spam"]
        }
        """;

    public static Task<RunningServer> StartAsync(StoreKind kind = StoreKind.Sqlite)
    {
        string models = SharedModels.Folder();
        var escalation = new Escalation
        {
            Tier = TierModel.Encoder,
            Bands = new Dictionary<string, EscalationBand> { [Category.Hate] = new(0, 1) },
            Calibration = new Dictionary<string, TierCalibration> { [Category.Hate] = new(new LogisticMap(0, new Dictionary<string, double> { [TierModel.Encoder] = 1 }), null, 0.05) },
            Languages = new Dictionary<string, IReadOnlyList<string>> { [Category.Hate] = ["en"] },
            OnFailure = OnFailure.Refuse,
        };
        return TieredServer.StartAsync(escalation, "encoder.json", Definition, settings => settings with { Models = models }, kind);
    }
}
