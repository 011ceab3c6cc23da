package portal.analysis;

import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AbstractTokenizerFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/** The few parts of the full server's analysis-common that the portal's index names, over Lucene's own classes. */
public class PortalAnalysis extends Plugin implements AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "asciifolding", (index, environment, name, settings) -> new Folding(name, settings),
            "ngram", (index, environment, name, settings) -> new Grams(name, settings, false),
            "edge_ngram", (index, environment, name, settings) -> new Grams(name, settings, true)
        );
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
            "ngram", (index, environment, name, settings) -> new GramTokenizer(name, settings, false),
            "edge_ngram", (index, environment, name, settings) -> new GramTokenizer(name, settings, true)
        );
    }

    private static final class Folding extends AbstractTokenFilterFactory implements NormalizingTokenFilterFactory {
        private final boolean keep;

        Folding(String name, Settings settings) {
            super(name);
            keep = settings.getAsBoolean("preserve_original", false);
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return new ASCIIFoldingFilter(tokens, keep);
        }

        @Override
        public TokenStream normalize(TokenStream tokens) {
            // a normalizer gives one token only
            return new ASCIIFoldingFilter(tokens, false);
        }
    }

    private static final class Grams extends AbstractTokenFilterFactory {
        private final int least;
        private final int most;
        private final boolean edge;
        private final boolean keep;

        Grams(String name, Settings settings, boolean edge) {
            super(name);
            this.edge = edge;
            least = settings.getAsInt("min_gram", 1);
            most = settings.getAsInt("max_gram", 2);
            keep = settings.getAsBoolean("preserve_original", false);
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return edge
                ? new EdgeNGramTokenFilter(tokens, least, most, keep)
                : new NGramTokenFilter(tokens, least, most, keep);
        }
    }

    private static final class GramTokenizer extends AbstractTokenizerFactory {
        private final int least;
        private final int most;
        private final boolean edge;

        GramTokenizer(String name, Settings settings, boolean edge) {
            super(name);
            this.edge = edge;
            least = settings.getAsInt("min_gram", 1);
            most = settings.getAsInt("max_gram", 2);
        }

        @Override
        public Tokenizer create() {
            return edge ? new EdgeNGramTokenizer(least, most) : new NGramTokenizer(least, most);
        }
    }
}
